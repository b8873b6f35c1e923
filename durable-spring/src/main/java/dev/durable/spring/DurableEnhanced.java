package dev.durable.spring;

/**
 * Marks the generated subclasses of bean classes with durable methods, whose objects
 * intercept themselves. Public only because those classes live in their users' packages.
 */
public interface DurableEnhanced {

}
