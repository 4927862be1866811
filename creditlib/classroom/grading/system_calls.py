"""Which system calls a sandboxed process has no business with, by the processor's numbers."""

import errno

AUDIT_NAMES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

LAST_KNOWN = 469  # file_setattr of Linux 6.17; what comes later is refused unseen

# Each table is name: (x86_64, aarch64); None where the processor has no such call.
# First what attacks the kernel or reaches round the sandbox, and no notebook needs.
PIVOT_ROOT = {"pivot_root": (155, 41)}
DANGEROUS = {
    **PIVOT_ROOT,
    "mount": (165, 40),
    "umount2": (166, 39),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "open_tree_attr": (467, 467),
    "unshare": (272, 97),
    "setns": (308, 268),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "process_mrelease": (448, 448),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    "userfaultfd": (323, 282),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "open_by_handle_at": (304, 265),
    "name_to_handle_at": (303, 264),
    "fanotify_init": (300, 262),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "reboot": (169, 142),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "syslog": (103, 116),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "iopl": (172, None),
    "ioperm": (173, None),
    "modify_ldt": (154, None),
    # Memory that no limit of ours counts.
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
}

# Landlock does not ask about these: they change files by name without opening them.
FILE_PROPERTIES = {
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "fchown": (93, 55),
    "lchown": (94, None),
    "fchownat": (260, 54),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "setxattrat": (463, 463),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "removexattrat": (466, 466),
    "file_setattr": (469, 469),
}

# Where other processes of the user can be seen: no call that reaches one of them.
OTHER_PROCESSES = {
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    "connect": (42, 203),
}
ONLY_ITSELF = {
    "prlimit64": (302, 261),
    "sched_setaffinity": (203, 122),
    "sched_setscheduler": (144, 119),
    "sched_setparam": (142, 118),
    "sched_setattr": (314, 274),
}

# Everything that a run starts stays in its process group, so that one signal ends all of it, and
# in its session, which gets one share of the processor however many processes are in it.
LEAVING_THE_GROUP = {"setsid": (112, 157), "setpgid": (109, 154)}

# Signals, where the kernel has no other way to keep them inside (Landlock before ABI 6).
SIGNALS = {
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "pidfd_send_signal": (424, 424),
}
SIGNALS_TO_ITSELF = {"kill": (62, 129), "tgkill": (234, 131)}

CLONE = {"clone": (56, 220)}
CLONE3 = {"clone3": (435, 435)}
SOCKET = {"socket": (41, 198)}
SOCKET_PAIR = {"socketpair": (53, 199)}


def numbers(table: dict[str, tuple[int | None, int | None]], machine: str) -> list[int]:
    """Return the numbers that the calls of `table` have on `machine`.

    Raises OSError for a processor whose numbers are not known here.

    >>> numbers(CLONE, "x86_64")
    [56]
    """
    if machine not in AUDIT_NAMES:
        raise OSError(errno.ENOTSUP, f"no table of system calls for {machine}")
    column = list(AUDIT_NAMES).index(machine)
    return [row[column] for row in table.values() if row[column] is not None]
