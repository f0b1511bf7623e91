// Code that registers nothing. <- MCS0002 file
var x = 1;
