/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where the guest begins: loaded by multiboot, in 32-bit mode, on one processor, without
 * interrupts.
 */
	.set	MAGIC, 0x1badb002
	.section .multiboot, "a"
	.align	4
	.long	MAGIC, 0, -MAGIC

	.text
	.globl	_start
_start:
	cli
	movl	$stack_end, %esp
	call	main
1:	hlt
	jmp	1b

	.bss
	.align	16
	.skip	16384
stack_end:

	.section .note.GNU-stack, "", @progbits
