// Completion: proposals of a client while the user enters the arguments of a prompt or the variables of a template.
using System.ComponentModel.DataAnnotations;

enum Language { English, Esperanto, German }

// Enums and [AllowedValues] are completed automatically; for other arguments, Complete registers a function.
mcp.Prompt("translate", "Translates a text.", (string topic, Language to, [AllowedValues("formal", "friendly")] string tone) =>
    $"Write about {topic} in {to}, in a {tone} tone.");
mcp.Complete("translate", "topic", typed => new[] { "cats", "clouds", "cooking" }.Where(topic => topic.StartsWith(typed)));

// The request contains the values entered so far: the pages depend on the book.
mcp.ResourceTemplate("library://{book}/{page}", (string book, string page) => $"{book}, page {page}");
mcp.Complete("library://{book}/{page}", "book", typed => new[] { "atlas", "novel" }.Where(book => book.StartsWith(typed)));
mcp.Complete("library://{book}/{page}", "page", async (request, ct) =>
    request.Context?.Arguments is { } filled && filled.TryGetValue("book", out var book) && book == "atlas" ? ["cover", "europe"] : ["cover", "chapter-1"]);
