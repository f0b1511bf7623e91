// Annotations: a title for users, hints for clients that require the user's consent before some calls, and custom metadata.
using System.Text.Json.Nodes;

mcp.Tool("empty_trash", "Deletes the content of the trash permanently.", () => "The trash is empty.", new()
{
    Title = "Empty the trash",
    ReadOnly = false,
    Destructive = true,
    Idempotent = true,
    OpenWorld = false,
    Meta = new JsonObject { ["example.com/owner"] = "housekeeping" },
});

// Annotations of content: its audience and its priority (0 to 1).
mcp.Tool("trash_report", "Reports the content of the trash.", () => new TextContentBlock
{
    Text = "3 files, 12 kB",
    Annotations = new() { Audience = [Role.User], Priority = 0.3f },
}, new() { Title = "Trash report", ReadOnly = true });
