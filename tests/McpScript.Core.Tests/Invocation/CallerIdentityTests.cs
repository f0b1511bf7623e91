using System.Security.Claims;
using McpScript.Invocation;

namespace McpScript.Core.Tests.Invocation;

[Trait("Fault", "C4")]
public class CallerIdentityTests
{
    [Theory]
    [InlineData("sub")]
    [InlineData(ClaimTypes.NameIdentifier)]
    [InlineData(ClaimTypes.Upn)]
    [InlineData(ClaimTypes.Name)]
    public void With_one_issuer_the_subject_identifies_the_caller(string type) => Assert.Equal("ann", CallerIdentity.From(User(new Claim(type, "ann")))?.Name);

    [Fact]
    public void Subjects_of_two_issuers_are_never_equal_and_never_have_one_name()
    {
        (string Issuer, string Subject)[] callers =
        [
            (ClaimsIdentity.DefaultIssuer, "ann"), (ClaimsIdentity.DefaultIssuer, "https://a#ann"), ("https://a", "ann"), ("https://b", "ann"),
            ("https://a#b", "ann"),
            ("https://a", "b#ann"), ("https://a%23b", "ann"), ("https://a", "ann#"),
        ];

        var identities = callers.Select(caller => CallerIdentity.From(User(new Claim("sub", caller.Subject, null, caller.Issuer)))!).ToList();
        var names = identities.Select(identity => identity.Name).ToList();

        Assert.Equal((callers.Length, callers.Length), (names.Distinct().Count(), identities.Distinct().Count()));
        Assert.Equal(("ann", "https://a#ann"), (names[0], names[2]));
    }

    [Fact]
    public void An_unauthenticated_caller_has_no_name()
    {
        Assert.Null(CallerIdentity.From(null));
        Assert.Null(CallerIdentity.From(new(new ClaimsIdentity([new Claim("sub", "ann")]))));
    }

    static ClaimsPrincipal User(Claim claim) => new(new ClaimsIdentity([claim], "test"));
}
