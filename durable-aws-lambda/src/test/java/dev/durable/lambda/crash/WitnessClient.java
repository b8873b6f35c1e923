package dev.durable.lambda.crash;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;

import dev.durable.ExecutionId;
import dev.durable.store.tck.BodyListener;
import dev.durable.store.tck.BodyRun;

/**
 * Tells the test's process what happens in a function's one.
 *
 * @param port where a {@link WitnessServer} listens
 */
record WitnessClient(int port) implements BodyListener {

	@Override
	public boolean isRecorded(BodyRun body) {
		return ask(WitnessQuestion.IS_RECORDED, (out) -> write(out, body));
	}

	@Override
	public void runsOnce(BodyRun body) {
		ask(WitnessQuestion.RUNS_ONCE, (out) -> write(out, body));
	}

	@Override
	public void violated(String violation) {
		ask(WitnessQuestion.VIOLATED, (out) -> out.writeUTF(violation));
	}

	@Override
	public void publishes(BodyRun body, Answer answer, String callbackId) {
		ask(WitnessQuestion.PUBLISHES, (out) -> {
			write(out, body);
			out.writeUTF(answer.name());
			out.writeUTF(callbackId);
		});
	}

	@Override
	public void publishesGate(BodyRun body, String callbackId, int depth) {
		ask(WitnessQuestion.PUBLISHES_GATE, (out) -> {
			write(out, body);
			out.writeUTF(callbackId);
			out.writeInt(depth);
		});
	}

	/** Tell that an answer is about to be sent; does not return if it is not to be. */
	void answers(ExecutionId execution) {
		ask(WitnessQuestion.ANSWERS, (out) -> {
			out.writeUTF(execution.value());
			out.writeLong(ProcessHandle.current().pid());
		});
	}

	private static void write(DataOutputStream out, BodyRun body) throws IOException {
		out.writeUTF(body.execution().value());
		out.writeUTF(body.operation().value());
		out.writeInt(body.attempt());
	}

	private boolean ask(WitnessQuestion question, Details details) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port);
				DataOutputStream out = new DataOutputStream(socket.getOutputStream());
				DataInputStream in = new DataInputStream(socket.getInputStream())) {
			out.writeUTF(question.name());
			details.write(out);
			return in.readBoolean();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The test that started this process must answer on port " + this.port, ex);
		}
	}

	private interface Details {

		void write(DataOutputStream out) throws IOException;

	}

}
