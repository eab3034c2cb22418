// SPDX-License-Identifier: GPL-2.0
/*
 * Starts a program once and lets it run many times: valgrind needs half a second to
 * start, and most runs of vdevctl are over in a fraction of that. Preloaded, it comes before the
 * program's constructors; called as
 *
 *	PROGRAM --serve-at SOCKET
 *
 * it waits for what ask.c sends: arguments, environment, working directory and the
 * first three files. For each request it forks; the child goes on as the program with
 * exactly these, and valgrind judges it alone, as nothing of the program has run before.
 * The answer is the child's pid, and in the end its status.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "serve.h"

#define MOST 64

typedef int main_function(int argc, char **argv, char **env);
typedef int start_function(main_function *main, int argc, char **argv, void (*init)(void),
			   void (*fini)(void), void (*rtld_fini)(void), void *stack_end);

start_function __libc_start_main;

/* The first one is where others come from; the runs are behind it. */
static struct pollfd asked[1 + MOST];
static pid_t runs[1 + MOST];
static nfds_t last;

/* What a run is to have; a child that has it never frees it. */
static struct request request;
static char text[REQUEST_TEXT];
static char *words[REQUEST_WORDS + 2];

static void die(const char *what)
{
	if (write(2, what, strlen(what)) < 0 || write(2, "\n", 1) < 0)
		_exit(98);
	_exit(97);
}

static void woken(int signal)
{
	(void)signal;
}

static void listen_at(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || strlen(path) >= sizeof(address.sun_path))
		die("serve: no socket");
	strcpy(address.sun_path, path);
	if (bind(fd, (struct sockaddr *)&address, sizeof(address)) || listen(fd, MOST))
		die("serve: cannot listen");
	asked[0] = (struct pollfd){ .fd = fd, .events = POLLIN };
}

/* Files of the request, in the order of the bits that are set; then the folder. */
static void receive_head(int from, int *files)
{
	char control[CMSG_SPACE(REQUEST_FILES * sizeof(int))];
	struct iovec iov = { &request, sizeof(request) };
	struct msghdr msg = {
		.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof(control),
	};
	struct cmsghdr *cmsg;

	memset(control, 0, sizeof(control));
	if (recvmsg(from, &msg, MSG_WAITALL) != sizeof(request))
		die("serve: no request");
	cmsg = CMSG_FIRSTHDR(&msg);
	if (!cmsg || cmsg->cmsg_type != SCM_RIGHTS || request.length > sizeof(text) ||
	    request.argc < 1 || request.argc + request.envc > REQUEST_WORDS)
		die("serve: a broken request");
	memcpy(files, CMSG_DATA(cmsg), cmsg->cmsg_len - CMSG_LEN(0));
}

static void receive_text(int from)
{
	size_t got = 0;
	ssize_t some;

	while (got < request.length) {
		some = read(from, text + got, request.length - got);
		if (some <= 0)
			die("serve: half a request");
		got += (size_t)some;
	}
}

/* argv, its end, environ, its end. */
static void split_words(void)
{
	char *at = text;
	int i;

	for (i = 0; i < request.argc + request.envc; i++) {
		words[i + (i >= request.argc)] = at;
		at += strlen(at) + 1;
	}
}

/* They are above those that they become. */
static void place_files(const int *files)
{
	int i;

	for (i = 0; i < 3; i++) {
		close(i);
		if (request.open & 1 << i && dup2(*files++, i) != i)
			die("serve: cannot have a file");
	}
	if (fchdir(*files))
		die("serve: cannot be there");
}

/* As the run that was asked for there; no file stays open that it would not have. */
static void become(int from, const sigset_t *mask)
{
	int files[REQUEST_FILES], number, i;

	receive_head(from, files);
	receive_text(from);
	split_words();
	number = __builtin_popcount(request.open) + 1;
	place_files(files);
	for (i = 0; i < number; i++)
		close(files[i]);
	for (i = 0; i <= (int)last; i++)
		close(asked[i].fd);
	close(from);
	signal(SIGCHLD, SIG_DFL);
	sigprocmask(SIG_SETMASK, mask, NULL);
	environ = words + request.argc + 1;
}

/* 1 in the child. */
static int start_run(const sigset_t *mask)
{
	int from = accept4(asked[0].fd, NULL, NULL, SOCK_CLOEXEC);
	pid_t pid;

	if (from < 0 || last == MOST)
		die("serve: too many");
	pid = fork();
	if (pid < 0)
		die("serve: cannot fork");
	if (pid == 0) {
		become(from, mask);
		return 1;
	}
	last++;
	runs[last] = pid;
	/* Only its end is of interest: the child reads what comes. */
	asked[last] = (struct pollfd){ .fd = from, .events = POLLRDHUP };
	if (send(from, &pid, sizeof(pid), MSG_NOSIGNAL) < 0)
		kill(pid, SIGKILL);
	return 0;
}

static void end_run(pid_t pid, int status)
{
	nfds_t i;

	for (i = 1; i <= last && runs[i] != pid; i++)
		;
	if (i > last)
		return;
	send(asked[i].fd, &status, sizeof(status), MSG_NOSIGNAL);
	close(asked[i].fd);
	asked[i] = asked[last];
	runs[i] = runs[last];
	last--;
}

/* Whoever asked and went away wants no more of it. */
static void stop_unwanted(void)
{
	nfds_t i;

	for (i = 1; i <= last; i++) {
		if (!asked[i].revents)
			continue;
		kill(runs[i], SIGKILL);
		asked[i].events = 0;
	}
}

/* Returns in the children alone. */
static void serve(const char *path)
{
	struct sigaction action = { .sa_handler = woken };
	sigset_t block, mask;
	int status;
	pid_t pid;

	sigaction(SIGCHLD, &action, NULL);
	sigemptyset(&block);
	sigaddset(&block, SIGCHLD);
	sigprocmask(SIG_BLOCK, &block, &mask);
	listen_at(path);
	for (;;) {
		int ready = ppoll(asked, 1 + last, NULL, &mask);

		while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
			end_run(pid, status);
		if (ready <= 0)
			continue;
		stop_unwanted();
		if (asked[0].revents && start_run(&mask))
			return;
	}
}

int __libc_start_main(main_function *main, int argc, char **argv, void (*init)(void),
		      void (*fini)(void), void (*rtld_fini)(void), void *stack_end)
{
	start_function *start = (start_function *)dlsym(RTLD_NEXT, "__libc_start_main");

	if (argc == 3 && strcmp(argv[1], "--serve-at") == 0) {
		serve(argv[2]);
		argc = request.argc;
		argv = words;
	}
	return start(main, argc, argv, init, fini, rtld_fini, stack_end);
}
