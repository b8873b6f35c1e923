package dev.durable.spring;

/**
 * What intercepts the durable methods of one application context. Thread-safe.
 */
record DurableInterception(DurableSpecs specs, DurableInterceptor interceptor, SelfCalls selfCalls) {

}
