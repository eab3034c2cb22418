// SPDX-License-Identifier: GPL-2.0
/*
 * All that runs in a machine that is moved: a driver of a network device, which gets its
 * commands in lines. "probe MASK" starts the device with those of the features that it offers;
 * "see" prints what the driver has read then, what the device says now, and which frames
 * the device's loopback brings back.
 */
#include "virtio.h"

#define RX		0
#define TX		1
#define CONTROL		2
#define ADDRESS_SIZE	6
#define HEADER_SIZE	12
#define FRAME_HEADER	14
/* The simulator passes no more than a page, its header included. */
#define FRAME_MAX	4000
#define RX_BUFFERS	4
/* The machine is emulated twice, and may have to wait for its turn. */
#define PATIENCE_MS	2500

/* What the driver read when it started the device. */
static struct {
	uint64_t offered, accepted;
	uint8_t mac[ADDRESS_SIZE];
	uint16_t mtu, max_vqp;
} cached;

static uint8_t received[RX_BUFFERS][HEADER_SIZE + FRAME_MAX];
static uint8_t sent[HEADER_SIZE + FRAME_MAX];

static void give_receive_buffer(int number)
{
	struct buffer buffer = { received[number], sizeof(received[number]), true };

	virtio_give(RX, &buffer, 1);
}

static void read_mac(uint8_t *mac)
{
	unsigned int i;

	for (i = 0; i < ADDRESS_SIZE; i++)
		mac[i] = virtio_config8(CONFIG_MAC + i);
}

static void read_config(void)
{
	memset(cached.mac, 2, sizeof(cached.mac));
	if (cached.accepted & F_MAC)
		read_mac(cached.mac);
	cached.mtu = cached.accepted & F_MTU ? virtio_config16(CONFIG_MTU) : 1500;
	cached.max_vqp = cached.accepted & F_MQ ? virtio_config16(CONFIG_MAX_VQP) : 1;
}

static void probe(uint64_t mask)
{
	int i;

	cached.offered = virtio_offered();
	cached.accepted = cached.offered & mask;
	if (!virtio_start(cached.accepted)) {
		print("the device does not take the features\n");
		return;
	}
	read_config();
	virtio_start_queue(RX, 0);
	virtio_start_queue(TX, 1);
	if (cached.accepted & F_CTRL_VQ)
		virtio_start_queue(CONTROL, 2 * cached.max_vqp);
	virtio_run();
	for (i = 0; i < RX_BUFFERS; i++)
		give_receive_buffer(i);
}

/* Is this what comes next? */
static bool is_received(const uint8_t *frame, uint32_t size)
{
	uint32_t length;
	int number = virtio_take(RX, PATIENCE_MS, &length);
	bool same;

	if (number < 0)
		return false;
	same = length == HEADER_SIZE + size &&
	       !memcmp(received[number % RX_BUFFERS] + HEADER_SIZE, frame, size);
	give_receive_buffer(number % RX_BUFFERS);
	return same;
}

/* Send a frame; does it come back as it was? */
static bool comes_back(const uint8_t *to, uint32_t size, uint8_t fill)
{
	struct buffer buffer = { sent, HEADER_SIZE + size, false };
	uint32_t length;

	memset(sent, 0, HEADER_SIZE);
	memset(sent + HEADER_SIZE, fill, size);
	memcpy(sent + HEADER_SIZE, to, ADDRESS_SIZE);
	virtio_give(TX, &buffer, 1);
	return virtio_take(TX, PATIENCE_MS, &length) >= 0 &&
	       is_received(sent + HEADER_SIZE, size);
}

/* Set the address that the device has: does the control queue answer? */
static bool control_works(void)
{
	static uint8_t head[] = { 1, 1 }, ack;
	struct buffer buffers[] = {
		{ head, sizeof(head), false },
		{ cached.mac, sizeof(cached.mac), false },
		{ &ack, sizeof(ack), true },
	};
	uint32_t length;

	ack = 0xff;
	virtio_give(CONTROL, buffers, 3);
	return virtio_take(CONTROL, PATIENCE_MS, &length) >= 0 && !*(volatile uint8_t *)&ack;
}

static void print_bool(const char *name, bool value)
{
	print(", \"");
	print(name);
	print(value ? "\": true" : "\": false");
}

static void print_field(const char *name, uint32_t value)
{
	print(", \"");
	print(name);
	print("\": ");
	print_number(value);
}

static void print_word(const char *name, uint64_t value)
{
	print(", \"");
	print(name);
	print("\": \"");
	print_hex(value);
	print("\"");
}

static uint64_t mac_number(const uint8_t *mac)
{
	uint64_t number = 0;
	unsigned int i;

	for (i = 0; i < ADDRESS_SIZE; i++)
		number = number << 8 | mac[i];
	return number;
}

static void print_device(void)
{
	uint8_t mac[ADDRESS_SIZE];

	read_mac(mac);
	print_word("device-offered", virtio_offered());
	print_word("device-mac", mac_number(mac));
	print_field("device-mtu", virtio_config16(CONFIG_MTU));
	print_field("device-max-vqp", virtio_config16(CONFIG_MAX_VQP));
	print_field("device-status", virtio_status());
}

static void see(void)
{
	static const uint8_t all[ADDRESS_SIZE] = { 255, 255, 255, 255, 255, 255 };
	uint32_t size = cached.mtu + FRAME_HEADER;

	print("{\"driver\": \"bare\"");
	print_word("offered", cached.offered);
	print_word("accepted", cached.accepted);
	print_word("mac", mac_number(cached.mac));
	print_field("mtu", cached.mtu);
	print_device();
	print_bool("frame", comes_back(all, size > FRAME_MAX ? FRAME_MAX : size, 0x5a));
	if (cached.accepted & F_MAC)
		print_bool("own-address", comes_back(cached.mac, 64, 0xa5));
	if (cached.accepted & F_CTRL_VQ && cached.accepted & F_CTRL_MAC_ADDR)
		print_bool("control", control_works());
	print("}\n");
}

int main(void)
{
	char line[32];

	print(virtio_find() ? "ready\n" : "no device\n");
	for (;;) {
		read_line(line, sizeof(line));
		if (!memcmp(line, "probe ", 6))
			probe(parse_hex(line + 6));
		if (line[0] == 'p' || line[0] == 's')
			see();
	}
}
