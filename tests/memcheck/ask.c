// SPDX-License-Identifier: GPL-2.0
/*
 * Usage: ask SOCKET PROGRAM [ARG...]
 *
 * Have PROGRAM, which serve.c serves at SOCKET, run with these arguments, and with
 * the environment, the folder and the files of this one; end as it does. A signal to
 * end is passed on.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "serve.h"

/* Above the files that may be closed and must stay so. */
#define ABOVE 10

static char text[REQUEST_TEXT];
static struct request request;
static volatile pid_t run;

static void die(const char *what)
{
	perror(what);
	exit(97);
}

static void pass_on(int signal)
{
	if (run > 0)
		kill(run, signal);
}

static int above(int fd)
{
	int other = fcntl(fd, F_DUPFD_CLOEXEC, ABOVE);

	if (fd < 0 || other < 0)
		die("ask: a file");
	close(fd);
	return other;
}

static int connect_to(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = above(socket(AF_UNIX, SOCK_STREAM, 0));

	if (strlen(path) >= sizeof(address.sun_path))
		die("ask: the name of the socket");
	strcpy(address.sun_path, path);
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)))
		die("ask: nobody serves");
	return fd;
}

static int add_words(char **words)
{
	int number = 0;
	size_t size;

	for (; *words; words++, number++) {
		size = strlen(*words) + 1;
		if (request.length + size > sizeof(text))
			die("ask: too many words");
		memcpy(text + request.length, *words, size);
		request.length += size;
	}
	return number;
}

static void send_request(int to)
{
	char control[CMSG_SPACE(REQUEST_FILES * sizeof(int))];
	struct iovec iov = { &request, sizeof(request) };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = control };
	int files[REQUEST_FILES], number = 0, fd;
	struct cmsghdr *cmsg;
	size_t done = 0;
	ssize_t some;

	for (fd = 0; fd < 3; fd++) {
		if (fcntl(fd, F_GETFD) < 0)
			continue;
		request.open |= 1U << fd;
		files[number++] = fd;
	}
	files[number++] = above(open(".", O_PATH | O_DIRECTORY));
	memset(control, 0, sizeof(control));
	msg.msg_controllen = CMSG_SPACE(number * sizeof(int));
	cmsg = CMSG_FIRSTHDR(&msg);
	cmsg->cmsg_level = SOL_SOCKET;
	cmsg->cmsg_type = SCM_RIGHTS;
	cmsg->cmsg_len = CMSG_LEN(number * sizeof(int));
	memcpy(CMSG_DATA(cmsg), files, number * sizeof(int));
	if (sendmsg(to, &msg, 0) != sizeof(request))
		die("ask: to ask");
	while (done < request.length) {
		some = write(to, text + done, request.length - done);
		if (some <= 0)
			die("ask: to ask");
		done += (size_t)some;
	}
}

static int receive_number(int from)
{
	int number;

	if (recv(from, &number, sizeof(number), MSG_WAITALL) != sizeof(number))
		die("ask: no answer");
	return number;
}

int main(int argc, char **argv)
{
	static const int signals[] = { SIGTERM, SIGINT, SIGHUP };
	struct sigaction action = { .sa_handler = pass_on, .sa_flags = SA_RESTART };
	int fd, status;
	size_t i;

	if (argc < 3)
		return 97;
	fd = connect_to(argv[1]);
	request.argc = add_words(argv + 2);
	request.envc = add_words(environ);
	send_request(fd);
	/* The run has its own. */
	for (i = 0; i < 3; i++)
		close((int)i);
	run = receive_number(fd);
	for (i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		sigaction(signals[i], &action, NULL);
	status = receive_number(fd);
	if (WIFSIGNALED(status)) {
		signal(WTERMSIG(status), SIG_DFL);
		raise(WTERMSIG(status));
	}
	return WEXITSTATUS(status);
}
