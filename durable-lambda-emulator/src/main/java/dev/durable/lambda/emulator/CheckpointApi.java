package dev.durable.lambda.emulator;

/**
 * What running functions call.
 *
 * @param host the emulator
 */
record CheckpointApi(EmulatorHost host) {

	ApiResponse checkpoint(ExecutionArn arn, ApiRequest request) {
		CheckpointRequest checkpoint = CheckpointRequest.of(request.json());
		return ApiResponse.ok(session(arn).checkpoint(checkpoint));
	}

	ApiResponse state(ExecutionArn arn, ApiRequest request) {
		String token = request.parameter("CheckpointToken");
		return ApiResponse
			.ok(session(arn).state((token != null) ? token : "", request.parameter("Marker"), request.maxItems()));
	}

	/** Without a running invocation no token is good. */
	private CheckpointSession session(ExecutionArn arn) {
		this.host.find(arn);
		CheckpointSession session = this.host.live().session(arn.id());
		if (session == null) {
			throw AwsException.invalidToken();
		}
		return session;
	}

}
