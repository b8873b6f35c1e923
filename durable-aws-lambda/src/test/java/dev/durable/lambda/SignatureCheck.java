package dev.durable.lambda;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Computes the signature of a request as AWS does, by the steps of "Create a signed AWS
 * API request" in the IAM user guide.
 */
final class SignatureCheck {

	private static final Pattern AUTHORIZATION = Pattern
		.compile("AWS4-HMAC-SHA256 Credential=(\\S+?)/(\\S+), SignedHeaders=(\\S+), Signature=(\\S+)");

	private SignatureCheck() {
	}

	static boolean isSignedBy(String key, String secret, RawService.Request request) throws GeneralSecurityException {
		Matcher authorization = AUTHORIZATION.matcher(request.headers().get("authorization"));
		if (!authorization.matches() || !key.equals(authorization.group(1))) {
			return false;
		}
		String scope = authorization.group(2);
		String toSign = String.join("\n", "AWS4-HMAC-SHA256", request.headers().get("x-amz-date"), scope,
				sha256(canonical(request, authorization.group(3)).getBytes(StandardCharsets.UTF_8)));
		byte[] signing = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
		for (String part : scope.split("/")) {
			signing = hmac(signing, part);
		}
		return HexFormat.of().formatHex(hmac(signing, toSign)).equals(authorization.group(4));
	}

	/** Return the region and the service that a request is signed for. */
	static String target(RawService.Request request) {
		Matcher authorization = AUTHORIZATION.matcher(request.headers().get("authorization"));
		return authorization.matches() ? authorization.group(2).replaceFirst("\\d+/", "") : "not signed";
	}

	/** Paths are encoded once more, which can only concern what is encoded already. */
	private static String canonical(RawService.Request request, String signedHeaders) throws GeneralSecurityException {
		String headers = List.of(signedHeaders.split(";"))
			.stream()
			.map((name) -> name + ":" + request.headers().get(name).strip() + "\n")
			.collect(Collectors.joining());
		return String.join("\n", request.method(), request.path().replace("%", "%25"), request.sortedQuery(), headers,
				signedHeaders, sha256(request.body()));
	}

	private static String sha256(byte[] bytes) throws GeneralSecurityException {
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
	}

	private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
		Mac mac = Mac.getInstance("HmacSHA256");
		mac.init(new SecretKeySpec(key, "HmacSHA256"));
		return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
	}

}
