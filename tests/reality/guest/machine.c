// SPDX-License-Identifier: GPL-2.0
/*
 * The machine that the guest runs on. Nothing here knows of virtio.
 */
#include "machine.h"

#define SERIAL		0x3f8
#define SERIAL_STATUS	(SERIAL + 5)
#define CAN_READ	0x01
#define CAN_WRITE	0x20
#define PM_TIMER	0x608
#define TICKS_PER_MS	3580
/* The device is 00:01.0. */
#define PCI_ADDRESS	(0x80000000u | 1 << 11)

static void out8(uint16_t port, uint8_t value)
{
	__asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

static uint8_t in8(uint16_t port)
{
	uint8_t value;

	__asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
	return value;
}

static void out32(uint16_t port, uint32_t value)
{
	__asm__ volatile("outl %0, %1" : : "a"(value), "Nd"(port));
}

static uint32_t in32(uint16_t port)
{
	uint32_t value;

	__asm__ volatile("inl %1, %0" : "=a"(value) : "Nd"(port));
	return value;
}

void *memset(void *to, int byte, size_t size)
{
	uint8_t *bytes = to;

	while (size--)
		*bytes++ = byte;
	return to;
}

void *memcpy(void *to, const void *from, size_t size)
{
	const uint8_t *source = from;
	uint8_t *bytes = to;

	while (size--)
		*bytes++ = *source++;
	return to;
}

int memcmp(const void *a, const void *b, size_t size)
{
	const uint8_t *one = a, *other = b;

	for (; size; size--, one++, other++) {
		if (*one != *other)
			return *one - *other;
	}
	return 0;
}

uint32_t pci_read(unsigned int offset)
{
	out32(0xcf8, PCI_ADDRESS | offset);
	return in32(0xcfc);
}

void pci_write(unsigned int offset, uint32_t value)
{
	out32(0xcf8, PCI_ADDRESS | offset);
	out32(0xcfc, value);
}

void print(const char *text)
{
	for (; *text; text++) {
		while (!(in8(SERIAL_STATUS) & CAN_WRITE))
			;
		out8(SERIAL, *text);
	}
}

void print_hex(uint64_t number)
{
	char text[19] = "0x";
	int i;

	for (i = 0; i < 16; i++)
		text[2 + i] = "0123456789abcdef"[number >> (60 - 4 * i) & 15];
	text[18] = '\0';
	print(text);
}

void print_number(uint32_t number)
{
	char text[11];
	int at = sizeof(text) - 1;

	text[at] = '\0';
	do {
		text[--at] = '0' + number % 10;
		number /= 10;
	} while (number);
	print(text + at);
}

void read_line(char *line, size_t size)
{
	size_t length = 0;
	char next;

	for (;;) {
		while (!(in8(SERIAL_STATUS) & CAN_READ))
			;
		next = in8(SERIAL);
		if (next == '\n')
			break;
		if (length < size - 1)
			line[length++] = next;
	}
	line[length] = '\0';
}

uint64_t parse_hex(const char *text)
{
	uint64_t number = 0;

	for (; *text; text++)
		number = number << 4 | (*text <= '9' ? *text - '0' : *text - 'a' + 10);
	return number;
}

uint32_t now(void)
{
	return in32(PM_TIMER) & 0xffffff;
}

bool has_passed(uint32_t since, unsigned int milliseconds)
{
	return ((now() - since) & 0xffffff) > milliseconds * TICKS_PER_MS;
}
