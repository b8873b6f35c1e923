package dev.durable.spring.visibility;

/** The compiler gives this class bridges to its parent's methods. */
public class PublicSteps extends HiddenSteps {

}
