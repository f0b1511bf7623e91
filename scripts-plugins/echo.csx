// Minimal example: two tools that echo.
mcp.Tool("echo", "Echo a message back.", ([Description("The message.")] string message) => $"echo: {message}");
mcp.Tool("echo_upper", "Echo a message back in upper case.", ([Description("The message.")] string message) => $"ECHO: {message.ToUpperInvariant()}");
