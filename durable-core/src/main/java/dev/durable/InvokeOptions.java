package dev.durable;

import org.jspecify.annotations.Nullable;

/**
 * How another function is invoked.
 *
 * @param tenantId the tenant that the invoked function runs for, or {@code null}
 * @param payloadCodec writes the input, or {@code null} for the host's payload codec
 * @param resultCodec reads the result, or {@code null} for the host's payload codec; it
 * must fit the result's type
 */
public record InvokeOptions(@Nullable String tenantId, @Nullable ValueCodec<?> payloadCodec,
		@Nullable ValueCodec<?> resultCodec) {

	private static final InvokeOptions DEFAULTS = new InvokeOptions(null, null, null);

	/**
	 * Return options without a tenant.
	 * @return the options
	 */
	public static InvokeOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Return these options for a tenant.
	 * @param tenantId the tenant
	 * @return the options
	 */
	public InvokeOptions withTenantId(String tenantId) {
		return new InvokeOptions(tenantId, this.payloadCodec, this.resultCodec);
	}

	/**
	 * Return these options with a codec for the input.
	 * @param payloadCodec writes the input; the invoked function must be able to read it
	 * @return the options
	 */
	public InvokeOptions withPayloadCodec(ValueCodec<?> payloadCodec) {
		return new InvokeOptions(this.tenantId, payloadCodec, this.resultCodec);
	}

	/**
	 * Return these options with a codec for the result.
	 * @param resultCodec reads what the invoked function returned
	 * @return the options
	 */
	public InvokeOptions withResultCodec(ValueCodec<?> resultCodec) {
		return new InvokeOptions(this.tenantId, this.payloadCodec, resultCodec);
	}

}
