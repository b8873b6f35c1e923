package dev.durable.lambda.crash;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.durable.ExecutionId;
import dev.durable.OperationId;
import dev.durable.store.tck.BodyListener.Answer;
import dev.durable.store.tck.BodyRun;
import dev.durable.store.tck.Witness;

/** Answers the functions' processes, for the witnesses of their runs. */
final class WitnessServer implements AutoCloseable {

	private final ServerSocket socket;

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "witness");
		thread.setDaemon(true);
		return thread;
	});

	private final EmulatedLambda lambda;

	/** Of which no process tells the run. */
	private final List<String> violations = new CopyOnWriteArrayList<>();

	private WitnessServer(ServerSocket socket, EmulatedLambda lambda) {
		this.socket = socket;
		this.lambda = lambda;
	}

	static WitnessServer start(EmulatedLambda lambda) {
		try {
			WitnessServer server = new WitnessServer(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), lambda);
			server.threads.execute(server::accept);
			return server;
		}
		catch (IOException ex) {
			throw new AssertionError("The witness cannot listen", ex);
		}
	}

	int port() {
		return this.socket.getLocalPort();
	}

	List<String> violations() {
		return this.violations;
	}

	private void accept() {
		try {
			while (true) {
				Socket accepted = this.socket.accept();
				this.threads.execute(() -> serve(accepted));
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	private void serve(Socket accepted) {
		try (accepted;
				DataInputStream in = new DataInputStream(accepted.getInputStream());
				DataOutputStream out = new DataOutputStream(accepted.getOutputStream())) {
			WitnessQuestion question = WitnessQuestion.valueOf(in.readUTF());
			if (question == WitnessQuestion.VIOLATED) {
				this.violations.add(in.readUTF());
				out.writeBoolean(true);
			}
			else if (question == WitnessQuestion.ANSWERS) {
				answers(new ExecutionId(in.readUTF()), in.readLong());
				out.writeBoolean(true);
			}
			else {
				out.writeBoolean(body(question, in));
			}
		}
		catch (IOException ex) {
			// the process was killed while it asked
		}
	}

	private void answers(ExecutionId execution, long pid) throws IOException {
		if (this.lambda.diesAnswering(execution)) {
			ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
			process.destroyForcibly();
			process.onExit().join();
			throw new IOException("Nobody waits for an answer");
		}
	}

	private boolean body(WitnessQuestion question, DataInputStream in) throws IOException {
		BodyRun body = new BodyRun(new ExecutionId(in.readUTF()), new OperationId(in.readUTF()), in.readInt());
		Witness witness = this.lambda.runOf(body.execution()).witness();
		switch (question) {
			case RUNS_ONCE -> witness.runsOnce(body);
			case PUBLISHES -> witness.publishes(body, Answer.valueOf(in.readUTF()), in.readUTF());
			case PUBLISHES_GATE -> witness.publishesGate(body, in.readUTF(), in.readInt());
			default -> {
				return witness.isRecorded(body);
			}
		}
		return true;
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			// it listens no more
		}
	}

}
