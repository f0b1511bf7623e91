using McpScript.Unloading;

namespace McpScript.Core.Tests.Unloading;

public class ReflectionCachesTests
{
    public int Value { get; set; }

    // Newtonsoft.Json compares members that it got at two times; where they differ, it finds none and answers {}.
    [Fact, Trait("Fault", "A16")]
    public void Clearing_leaves_the_members_of_types_that_are_in_use_the_same()
    {
        var before = typeof(ReflectionCachesTests).GetProperty(nameof(Value));
        ReflectionCaches.Clear();
        Assert.Same(before, typeof(ReflectionCachesTests).GetProperty(nameof(Value)));
    }
}
