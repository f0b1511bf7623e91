// Annotations: a title for people, hints for clients that ask before they let a model do something, and metadata of one's own.
using System.Text.Json.Nodes;

mcp.Tool("empty_trash", "Deletes what is in the trash, for good.", () => "The trash is empty.", new()
{
    Title = "Empty the trash",
    ReadOnly = false,
    Destructive = true,
    Idempotent = true,
    OpenWorld = false,
    Meta = new JsonObject { ["example.com/owner"] = "housekeeping" },
});

// Annotations of content say whom it is for, and how much it matters.
mcp.Tool("trash_report", "Says what is in the trash.", () => new TextContentBlock
{
    Text = "3 files, 12 kB",
    Annotations = new() { Audience = [Role.User], Priority = 0.3f },
}, new() { Title = "Trash report", ReadOnly = true });
