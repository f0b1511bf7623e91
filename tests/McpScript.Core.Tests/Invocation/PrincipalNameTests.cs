using System.Security.Claims;
using McpScript.Invocation;

namespace McpScript.Core.Tests.Invocation;

[Trait("Fault", "C4")]
public class PrincipalNameTests
{
    [Theory]
    [InlineData("sub")]
    [InlineData(ClaimTypes.NameIdentifier)]
    [InlineData(ClaimTypes.Upn)]
    [InlineData(ClaimTypes.Name)]
    public void A_caller_of_the_one_issuer_is_known_by_the_subject(string type) => Assert.Equal("ann", PrincipalName.Of(User(new Claim(type, "ann"))));

    [Fact]
    public void Subjects_of_two_issuers_never_have_one_name()
    {
        (string Issuer, string Subject)[] callers =
        [
            (ClaimsIdentity.DefaultIssuer, "ann"), (ClaimsIdentity.DefaultIssuer, "https://a#ann"), ("https://a", "ann"), ("https://b", "ann"), ("https://a#b", "ann"),
            ("https://a", "b#ann"), ("https://a%23b", "ann"), ("https://a", "ann#"),
        ];

        var names = callers.Select(caller => PrincipalName.Of(User(new Claim("sub", caller.Subject, null, caller.Issuer)))).ToList();

        Assert.Equal(callers.Length, names.Distinct().Count());
        Assert.Equal(("ann", "https://a#ann"), (names[0], names[2]));
    }

    [Fact]
    public void A_caller_who_is_not_authenticated_has_no_name()
    {
        Assert.Null(PrincipalName.Of(null));
        Assert.Null(PrincipalName.Of(new(new ClaimsIdentity([new Claim("sub", "ann")]))));
    }

    static ClaimsPrincipal User(Claim claim) => new(new ClaimsIdentity([claim], "test"));
}
