// A name that does not exist, and a type that does not fit.
mcp.Tool("compile_it", "Does not compile.", () => missing); // <- CS0103
int number = "text"; // <- CS0029
