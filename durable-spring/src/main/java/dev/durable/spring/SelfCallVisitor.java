package dev.durable.spring;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.asm.ClassVisitor;
import org.springframework.asm.Handle;
import org.springframework.asm.Label;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;

/** Reports the calls and method references in one class file. */
final class SelfCallVisitor extends ClassVisitor {

	private final SelfCallScan scan;

	private final List<String> innerClasses = new ArrayList<>();

	private String className = "";

	private @Nullable String file;

	SelfCallVisitor(SelfCallScan scan) {
		super(SpringAsmInfo.ASM_VERSION);
		this.scan = scan;
	}

	/** Return the direct inner classes that have an outer object, anonymous ones too. */
	List<String> innerClasses() {
		return this.innerClasses;
	}

	@Override
	public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
		this.className = name;
	}

	@Override
	public void visitSource(String source, String debug) {
		this.file = source;
	}

	@Override
	public void visitInnerClass(String name, @Nullable String outerName, @Nullable String innerName, int access) {
		boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
		boolean isDirect = name.startsWith(this.className + "$") && !name.equals(this.className);
		if (!isStatic && isDirect && name.indexOf('$', this.className.length() + 1) < 0) {
			this.innerClasses.add(name);
		}
	}

	@Override
	public @Nullable MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
			String[] exceptions) {
		// A bridge passes a call on; the caller of the bridge is what counts
		return ((access & Opcodes.ACC_BRIDGE) != 0) ? null : new Calls(name);
	}

	private final class Calls extends MethodVisitor {

		private final String caller;

		private int line = -1;

		Calls(String caller) {
			super(SpringAsmInfo.ASM_VERSION);
			this.caller = caller;
		}

		@Override
		public void visitLineNumber(int line, Label start) {
			this.line = line;
		}

		@Override
		public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
			// INVOKESPECIAL is a call of the parent's method, a part of the same step
			if (opcode == Opcodes.INVOKEVIRTUAL || opcode == Opcodes.INVOKEINTERFACE) {
				report(owner, name, descriptor);
			}
		}

		@Override
		public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
			for (Object argument : arguments) {
				if (argument instanceof Handle handle && handle.getTag() != Opcodes.H_INVOKESTATIC) {
					report(handle.getOwner(), handle.getName(), handle.getDesc());
				}
			}
		}

		private void report(String owner, String name, String descriptor) {
			SelfCallVisitor visitor = SelfCallVisitor.this;
			visitor.scan.called(owner, name, descriptor,
					new StackTraceElement(visitor.className.replace('/', '.'), this.caller, visitor.file, this.line));
		}

	}

}
