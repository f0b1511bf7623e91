// Nothing but a comment. <- MCS103 file
