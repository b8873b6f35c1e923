package dev.durable.store.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Lets a test watch, hold up and break what is sent to a database. */
final class ProbedDataSource extends DelegatingDataSource {

	private static final Set<String> EXECUTIONS = Set.of("execute", "executeUpdate", "executeQuery", "executeBatch");

	private final List<Sent> sent = new CopyOnWriteArrayList<>();

	private volatile Probe before = (sql) -> {
	};

	private volatile Probe after = (sql) -> {
	};

	ProbedDataSource(DataSource target) {
		super(target);
	}

	/** Called with each prepared statement, and with "commit", before it is sent. */
	void before(Probe probe) {
		this.before = probe;
	}

	/** Called with each prepared statement, and with "commit", after it was answered. */
	void after(Probe probe) {
		this.after = probe;
	}

	/** What was sent, in order. */
	List<Sent> sent() {
		return this.sent;
	}

	/** Cut the connection once, at a statement that contains a text. */
	static Probe cutAt(String text) {
		return cutAt(text, 0);
	}

	/**
	 * Cut the connection once, at a statement that contains a text, after some others.
	 */
	static Probe cutAt(String text, int others) {
		AtomicInteger seen = new AtomicInteger();
		return (sql) -> {
			if (sql.contains(text) && seen.getAndIncrement() == others) {
				throw new SQLException("The network was cut", "08006");
			}
		};
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = super.getConnection();
		return proxy(Connection.class, (proxy, method, arguments) -> {
			if (method.getName().equals("prepareStatement")) {
				return statement(connection.prepareStatement((String) arguments[0]), (String) arguments[0]);
			}
			if (method.getName().equals("commit")) {
				return probed("commit", () -> call(connection, method, arguments));
			}
			return call(connection, method, arguments);
		});
	}

	private PreparedStatement statement(PreparedStatement statement, String sql) {
		List<Bound> bound = new ArrayList<>();
		return proxy(PreparedStatement.class, (proxy, method, arguments) -> {
			if (method.getName().startsWith("set") && arguments != null && arguments.length > 1) {
				bound.add(new Bound(method, arguments));
			}
			if (EXECUTIONS.contains(method.getName())) {
				this.sent.add(new Sent(sql, List.copyOf(bound)));
				return probed(sql, () -> call(statement, method, arguments));
			}
			return call(statement, method, arguments);
		});
	}

	private @Nullable Object probed(String sql, Execution execution) throws Throwable {
		this.before.at(sql);
		Object result = execution.run();
		this.after.at(sql);
		return result;
	}

	private static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	private static <T> T proxy(Class<T> type, InvocationHandler handler) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

	/** Looks at what is sent. */
	@FunctionalInterface
	interface Probe {

		void at(String sql) throws SQLException;

	}

	private interface Execution {

		@Nullable Object run() throws Throwable;

	}

	/**
	 * A statement that was sent.
	 *
	 * @param sql its text
	 * @param bound its parameters
	 */
	record Sent(String sql, List<Bound> bound) {

		void bind(PreparedStatement statement) throws ReflectiveOperationException {
			for (Bound parameter : this.bound) {
				parameter.setter().invoke(statement, parameter.arguments());
			}
		}

	}

	/**
	 * A bound parameter.
	 *
	 * @param setter what set it
	 * @param arguments with which arguments
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Bound(Method setter, Object[] arguments) {

	}

}
