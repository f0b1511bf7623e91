using System.Text.Encodings.Web;
using McpScript.Gates;
using McpScript.Http.Guard;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace McpScript.Http.Management;

/// <summary>The page on which a person gives a one-time code past the model. What its address ends with is all that lets anybody in.</summary>
static class UnlockPageEndpoints
{
    /// <summary>Where the pages are, the nonce after it.</summary>
    public const string Path = "/gate/unlock/";

    const int LongestBody = 1024;

    /// <summary>Maps the page.</summary>
    /// <param name="app">Where.</param>
    /// <param name="gate">The gate.</param>
    /// <param name="hosts">The hosts that a request may be meant for.</param>
    /// <param name="pathBase">The path before <see cref="Path"/>; empty for none.</param>
    public static void MapUnlockPage(this IEndpointRouteBuilder app, Gate gate, IEnumerable<string> hosts, string pathBase = "")
    {
        var allowed = new HostList(hosts);
        app.MapGet(pathBase + Path + "{nonce}", (string nonce, HttpContext context) => ServeAsync(context, allowed, gate.Pages.Find(nonce), Form)).AllowAnonymous().ExcludeFromDescription();
        app.MapPost(pathBase + Path + "{nonce}", (string nonce, HttpContext context) => ServeAsync(context, allowed, gate.Pages.Find(nonce), page => TakeAsync(context, gate, page)))
            .AllowAnonymous().ExcludeFromDescription();
    }

    static Task ServeAsync(HttpContext context, HostList allowed, UnlockPage? page, Func<UnlockPage, (int Status, string Html)> serve) =>
        ServeAsync(context, allowed, page, page => Task.FromResult(serve(page)));

    static async Task ServeAsync(HttpContext context, HostList allowed, UnlockPage? page, Func<UnlockPage, Task<(int Status, string Html)>> serve)
    {
        var (status, html) = !allowed.Has(context.Request.Host) || IsForeign(context.Request)
            ? (403, Message("Forbidden", "This request comes from somewhere else than this page."))
            : page is null
                ? (404, Message("Not here any more", "This page was used already, or is older than five minutes. Have the tool ask again."))
                : await serve(page);
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        // Not no-referrer, which would take the Origin from the form's own request too. Nobody else is told the address either way.
        headers["Referrer-Policy"] = "same-origin";
        headers.XContentTypeOptions = "nosniff";
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(html, context.RequestAborted);
    }

    static (int, string) Form(UnlockPage page) => (200, Form(page, ""));

    static async Task<(int, string)> TakeAsync(HttpContext context, Gate gate, UnlockPage page)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = LongestBody;
        if (!context.Request.HasFormContentType)
            return (415, Message("Not a form", "The code comes in the form of this page."));
        var answer = await gate.UnlockAsync(page, await CodeAsync(context.Request), context.RequestAborted);
        return answer.Ok ? (200, Message("Unlocked", $"{answer.Text} You can close this page.")) : (answer.Outcome is GateOutcome.LockedOut ? 429 : 422, Form(page, answer.Text));
    }

    static async Task<string> CodeAsync(HttpRequest request)
    {
        try
        {
            var form = await request.ReadFormAsync(new FormOptions { ValueCountLimit = 4, ValueLengthLimit = 64 }, request.HttpContext.RequestAborted);
            return form["code"].ToString();
        }
        catch (InvalidDataException)
        {
            // Nothing that our form sends; refused as any text that is no code.
            return "";
        }
    }

    // A browser says where a form came from: only our own page may send one.
    static bool IsForeign(HttpRequest request) =>
        request.Headers.Origin is { Count: > 0 } origin && !(Uri.TryCreate(origin.ToString(), UriKind.Absolute, out var from) && from.Authority == Authority(request, from.Scheme))
        || HttpMethods.IsPost(request.Method) && request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site && site.ToString() is not ("same-origin" or "none");

    // Behind a server that ends TLS the schemes differ, the hosts do not.
    static string Authority(HttpRequest request, string scheme) => new UriBuilder($"{scheme}://{request.Host.Value}").Uri.Authority;

    static string Form(UnlockPage page, string problem) => Page("Unlock", $"""
        <p>{Html(page.Client)} ({Html(page.Caller.Holder.ToString())}) asks for the tools of group <b>{Html(page.Group)}</b>.
        Go on only if you have asked for that yourself just now.</p>
        {(problem.Length > 0 ? $"<p role=alert class=problem>{Html(problem)}</p>" : "")}
        <form method="post" autocomplete="off">
        <label for="code">The six digits that your authenticator shows</label>
        <input id="code" name="code" inputmode="numeric" pattern="[0-9]{"{6}"}" maxlength="6" autocomplete="one-time-code" required autofocus>
        <button>Unlock</button>
        </form>
        """);

    static string Message(string title, string text) => Page(title, $"<p>{Html(text)}</p>");

    static string Page(string title, string body) => $$"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{title}}</title>
        <style>body{font:16px/1.5 system-ui,sans-serif;max-width:28rem;margin:4rem auto;padding:0 1rem}label,input{display:block;margin:.5rem 0}input,button{font:inherit;padding:.4rem .6rem}.problem{color:#b00020}</style>
        </head><body><h1>{{title}}</h1>
        {{body}}
        </body></html>
        """;

    static string Html(string text) => HtmlEncoder.Default.Encode(text);
}
