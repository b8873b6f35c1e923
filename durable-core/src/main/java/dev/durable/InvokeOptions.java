package dev.durable;

import org.jspecify.annotations.Nullable;

/**
 * How another function is invoked.
 *
 * @param tenantId the tenant that the invoked function runs for, or {@code null}
 */
public record InvokeOptions(@Nullable String tenantId) {

	private static final InvokeOptions DEFAULTS = new InvokeOptions(null);

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
		return new InvokeOptions(tenantId);
	}

}
