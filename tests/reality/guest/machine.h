/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The machine that the guest runs on: ports, PCI, the serial line, time.
 */
#ifndef _REALITY_MACHINE_H
#define _REALITY_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void *memset(void *to, int byte, size_t size);
void *memcpy(void *to, const void *from, size_t size);
int memcmp(const void *a, const void *b, size_t size);

uint32_t pci_read(unsigned int offset);
void pci_write(unsigned int offset, uint32_t value);

void print(const char *text);
void print_hex(uint64_t number);
void print_number(uint32_t number);
void read_line(char *line, size_t size);
uint64_t parse_hex(const char *text);

/* Ticks of a clock of 3.58 MHz, 24 bits of them. */
uint32_t now(void);
bool has_passed(uint32_t since, unsigned int milliseconds);

#endif /* _REALITY_MACHINE_H */
