/*
 * refused.c - one message of the error queue.
 *
 * SPDX-License-Identifier: MIT
 */
#include "link/refused.h"

#include <linux/errqueue.h>
#include <string.h>
#include <sys/socket.h>

static bool is_error(const struct cmsghdr *part)
{
	return (part->cmsg_level == IPPROTO_IP && part->cmsg_type == IP_RECVERR) ||
	       (part->cmsg_level == IPPROTO_IPV6 && part->cmsg_type == IPV6_RECVERR);
}

bool br_refused_take(int fd, struct br_refused *refused)
{
	union {
		struct cmsghdr align;
		char room[512];
	} control;
	char data[8];
	struct iovec part = {data, sizeof data};
	struct msghdr message = {.msg_name = &refused->to,
				 .msg_namelen = sizeof refused->to,
				 .msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control.room,
				 .msg_controllen = sizeof control.room};

	*refused = (struct br_refused){.code = 0};
	if (recvmsg(fd, &message, MSG_ERRQUEUE | MSG_DONTWAIT) < 0)
		return false;
	for (struct cmsghdr *at = CMSG_FIRSTHDR(&message); at; at = CMSG_NXTHDR(&message, at)) {
		struct sock_extended_err error;

		if (!is_error(at))
			continue;
		memcpy(&error, CMSG_DATA(at), sizeof error);
		refused->code = (int)error.ee_errno;
		break;
	}
	return true;
}
