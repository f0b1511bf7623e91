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
    public void A_caller_of_the_one_issuer_is_known_by_the_subject(string type) => Assert.Equal("ann", CallerIdentity.From(User(new Claim(type, "ann")))?.Name);

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
    public void A_caller_who_is_not_authenticated_has_no_name()
    {
        Assert.Null(CallerIdentity.From(null));
        Assert.Null(CallerIdentity.From(new(new ClaimsIdentity([new Claim("sub", "ann")]))));
    }

    static ClaimsPrincipal User(Claim claim) => new(new ClaimsIdentity([claim], "test"));
}
