namespace McpScript.Invocation.Arguments;

/// <summary>Breaks references of schemas to themselves for the same value (<c>{"anyOf": [{"$ref": "#"}]}</c>), which would be checked without end.</summary>
static class SchemaCycles
{
    /// <summary>Replaces each reference that closes a cycle by a schema that accepts every value.</summary>
    public static void Break(IEnumerable<SchemaNode> nodes)
    {
        var (done, open) = (new HashSet<SchemaNode>(), new HashSet<SchemaNode>());
        foreach (var node in nodes)
            Break(node, done, open);
    }

    static void Break(SchemaNode node, HashSet<SchemaNode> done, HashSet<SchemaNode> open)
    {
        if (node.Others is not { } others || done.Contains(node))
            return;
        open.Add(node);
        SchemaNode Visit(SchemaNode next)
        {
            if (open.Contains(next))
                return SchemaNode.Anything;
            Break(next, done, open);
            return next;
        }
        foreach (var list in new[] { others.All, others.Any, others.One })
            for (var i = 0; i < list.Count; i++)
                list[i] = Visit(list[i]);
        (others.Not, others.If) = (others.Not is null ? null : Visit(others.Not), others.If is null ? null : Visit(others.If));
        (others.Then, others.Else) = (others.Then is null ? null : Visit(others.Then), others.Else is null ? null : Visit(others.Else));
        others.Dependent = [.. others.Dependent.Select(one => (one.Member, Visit(one.Schema)))];
        open.Remove(node);
        done.Add(node);
    }
}
