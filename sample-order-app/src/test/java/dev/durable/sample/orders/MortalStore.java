package dev.durable.sample.orders;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.durable.store.CheckpointStore;
import dev.durable.store.SignallingStore;
import dev.durable.store.TransactionalStore;
import dev.durable.store.TransactionalStore.Completion;
import dev.durable.store.tck.CrashPoint;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * Stands before the store of one process and lets the process die at a chosen append,
 * also at one that takes part in a step's transaction: before the write, or after the
 * commit but before anybody learns of it.
 */
final class MortalStore implements InvocationHandler, BeanFactoryPostProcessor {

	private final CrashPoint crashPoint;

	private final Class<? extends CheckpointStore> mortal;

	private final AtomicInteger appends = new AtomicInteger();

	private volatile boolean dead;

	private volatile boolean diesAfterCommit;

	private Object delegate = this;

	/**
	 * Create it.
	 * @param crashPoint when the process dies
	 * @param mortal the type of the store to stand before
	 */
	MortalStore(CrashPoint crashPoint, Class<? extends CheckpointStore> mortal) {
		this.crashPoint = crashPoint;
		this.mortal = mortal;
	}

	boolean isDead() {
		return this.dead;
	}

	/** Comes when the real store is known to be there, and is preferred to it. */
	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		Class<?>[] abilities = TransactionalStore.class.isAssignableFrom(this.mortal)
				? new Class<?>[] { SignallingStore.class, TransactionalStore.class }
				: new Class<?>[] { SignallingStore.class };
		RootBeanDefinition definition = new RootBeanDefinition(SignallingStore.class, () -> {
			this.delegate = beanFactory.getBean(this.mortal);
			return (SignallingStore) Proxy.newProxyInstance(getClass().getClassLoader(), abilities, this);
		});
		definition.setPrimary(true);
		((BeanDefinitionRegistry) beanFactory).registerBeanDefinition("mortalStore", definition);
	}

	@Override
	public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
		if (this.dead && CheckpointStore.class.isAssignableFrom(method.getDeclaringClass())
				&& !method.getName().equals("clock")) {
			throw new Dead();
		}
		return switch (method.getName()) {
			case "append" -> append(method, args);
			case "appendInTransaction" -> appendInTransaction(method, args);
			case "onCompletion" -> call(method, args[0], new MortalCompletion(completion(args[1])));
			default -> call(method, args);
		};
	}

	private Object append(Method method, Object[] args) throws Throwable {
		boolean last = isLast();
		if (last && this.crashPoint.moment() == CrashPoint.Moment.BEFORE) {
			throw die();
		}
		Object result = call(method, args);
		if (last) {
			((CompletionStage<?>) result).toCompletableFuture().join();
			throw die();
		}
		return result;
	}

	private Object appendInTransaction(Method method, Object[] args) throws Throwable {
		boolean last = isLast();
		if (last && this.crashPoint.moment() == CrashPoint.Moment.BEFORE) {
			throw die();
		}
		this.diesAfterCommit = last;
		return call(method, args);
	}

	private boolean isLast() {
		return this.appends.incrementAndGet() == this.crashPoint.append();
	}

	private Dead die() {
		this.dead = true;
		return new Dead();
	}

	private Object call(Method method, Object... args) throws Throwable {
		try {
			return method.invoke(this.delegate, args);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	@SuppressWarnings("unchecked")
	private static Consumer<Completion> completion(Object argument) {
		return (Consumer<TransactionalStore.Completion>) argument;
	}

	/** The process is dead; nothing that it does is seen any more. */
	static final class Dead extends Error {

		Dead() {
			super("The process is dead");
		}

	}

	private final class MortalCompletion implements Consumer<Completion> {

		private final Consumer<Completion> next;

		MortalCompletion(Consumer<Completion> next) {
			this.next = next;
		}

		@Override
		public void accept(Completion completion) {
			if (MortalStore.this.diesAfterCommit && completion == Completion.COMMITTED) {
				throw die();
			}
			this.next.accept(completion);
		}

	}

}
