// Run by: mcp-proxy test files --plugin-dir scripts-plugins/examples
#load "tools.csx"

var top = Directory.CreateTempSubdirectory("files-test-").FullName;
try
{
    var root = Directory.CreateDirectory(Path.Combine(top, "root")).FullName;
    File.WriteAllText(Path.Combine(top, "secret.txt"), "secret");
    File.WriteAllText(Path.Combine(root, "note.txt"), "Buy milk.\nCall Ada.\n");
    Directory.CreateDirectory(Path.Combine(root, "sub"));
    File.WriteAllText(Path.Combine(root, "sub", "more.txt"), "Call Bob.");
    File.CreateSymbolicLink(Path.Combine(root, "link.txt"), "../secret.txt");
    Directory.CreateSymbolicLink(Path.Combine(root, "up"), top);
    File.CreateSymbolicLink(Path.Combine(root, "inside.txt"), "note.txt");
    Directory.CreateSymbolicLink(Path.Combine(root, "circle"), "circle");
    var folders = new ReadableFolders([root]);

    assert.Equal("Buy milk.\nCall Ada.\n", folders.Read("note.txt"));
    assert.Equal("Buy milk.\nCall Ada.\n", folders.Read("inside.txt"));
    assert.Equal("note.txt:2: Call Ada.\nsub/more.txt:1: Call Bob.", folders.Search("call", ".", "*.txt"));
    assert.Equal("more.txt  9 bytes", folders.List("sub"));

    string[] outsides = ["../secret.txt", "link.txt", "up/secret.txt", "sub/../../secret.txt", Path.Combine(top, "secret.txt"), "/etc/passwd", "up", "circle"];
    foreach (var outside in outsides)
        assert.Throws<FileProblem>(() => folders.Read(outside), $"reading {outside}");
    assert.Throws<FileProblem>(() => folders.Search("secret", "up", "*"));
    assert.Equal("", folders.Search("secret", ".", "../*"));
}
finally
{
    Directory.Delete(top, recursive: true);
}
