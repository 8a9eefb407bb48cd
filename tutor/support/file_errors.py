"""What the operating system says about files, in words that can be translated."""

from __future__ import annotations

import errno
from typing import Final

from tutor.core.errors import StorageError
from tutor.support.i18n import N_

FREE_SPACE: Final = N_("Free some space and try again.")

_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN: Final = (errno.EACCES, errno.EPERM, errno.EROFS)


def disk_full() -> StorageError:
    """There is no room left."""
    return StorageError(N_("The disk is full"), hint=FREE_SPACE)


def unreadable(error: OSError, file: object) -> StorageError:
    """What is told when a file cannot be read.

    Args:
        error: What the system said.
        file: The file as people know it: its path or its name.
    """
    if error.errno == errno.ENOENT:
        message = N_("There is no file {file}")
    elif error.errno == errno.EISDIR:
        message = N_("{file} is a folder, not a file")
    elif error.errno in _FORBIDDEN:
        message = N_("{file} cannot be read: permission denied")
    else:
        message = N_("{file} cannot be read: {reason}")
    return StorageError(message, places={"file": file, "reason": _reason(error)})


def unwritable(error: OSError, folder: object) -> StorageError:
    """What is told when files cannot be written or removed.

    Args:
        error: What the system said.
        folder: Where they are, when the system does not name a file.
    """
    if error.errno in _FULL:
        return disk_full()
    message = N_("{file} cannot be used: {reason}")
    if error.errno in _FORBIDDEN:
        message = N_("{file} cannot be used: permission denied")
    return StorageError(
        message,
        hint=N_("Check the permissions of the folder."),
        places={"file": error.filename or folder, "reason": _reason(error)},
    )


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
