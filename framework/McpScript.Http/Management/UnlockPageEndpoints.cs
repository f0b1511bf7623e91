using System.Text.Encodings.Web;
using McpScript.Gates;
using McpScript.Http.Guard;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace McpScript.Http.Management;

/// <summary>Page on which a user enters a one-time code, so that the model never sees it. The nonce in its URL is the only credential.</summary>
static class UnlockPageEndpoints
{
    /// <summary>Path of the pages; the nonce follows.</summary>
    public const string Path = "/gate/unlock/";

    const int LongestBody = 1024;

    /// <summary>Maps the page.</summary>
    /// <param name="app">The application's routes.</param>
    /// <param name="gate">The gate.</param>
    /// <param name="hosts">The allowed values of the Host header.</param>
    /// <param name="pathBase">The path before <see cref="Path"/>; empty for none.</param>
    public static void MapUnlockPage(this IEndpointRouteBuilder app, Gate gate, IEnumerable<string> hosts, string pathBase = "")
    {
        var allowed = new HostList(hosts);
        var route = pathBase + Path + "{nonce}";
        app.MapGet(route, (string nonce, HttpContext context) => ServeAsync(context, allowed, gate.Pages.Find(nonce), page => (200, Form(gate, page))))
            .AllowAnonymous().ExcludeFromDescription();
        app.MapPost(route, (string nonce, HttpContext context) => ServeAsync(context, allowed, gate.Pages.Find(nonce), page => TakeAsync(context, gate, page)))
            .AllowAnonymous().ExcludeFromDescription();
    }

    static Task ServeAsync(HttpContext context, HostList allowed, UnlockPage? page, Func<UnlockPage, (int Status, string Html)> serve) =>
        ServeAsync(context, allowed, page, page => Task.FromResult(serve(page)));

    static async Task ServeAsync(HttpContext context, HostList allowed, UnlockPage? page, Func<UnlockPage, Task<(int Status, string Html)>> serve)
    {
        var (status, html) = !allowed.Has(context.Request.Host) || IsForeign(context.Request)
            ? (403, Message("Forbidden", "This request comes from another page."))
            : page is null
                ? (404, Message("Page expired", "This page was used already, or is older than five minutes. Call the tool again for a new one."))
                : await serve(page);
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        // Not no-referrer: it would also remove the Origin from the form's own request. Both values hide the URL from other sites.
        headers["Referrer-Policy"] = "same-origin";
        headers.XContentTypeOptions = "nosniff";
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(html, context.RequestAborted);
    }

    static async Task<(int, string)> TakeAsync(HttpContext context, Gate gate, UnlockPage page)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = LongestBody;
        if (!context.Request.HasFormContentType)
            return (415, Message("Not a form", "The code comes in the form of this page."));
        var answer = await gate.UnlockAsync(page, await CodeAsync(context.Request), context.RequestAborted);
        return answer.Ok
            ? (200, Message("Unlocked", $"{answer.Text} You can close this page."))
            : (answer.Outcome is GateOutcome.LockedOut ? 429 : 422, Form(gate, page, answer.Text));
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
            // Expected for a body that is not our form; treated like a malformed code.
            return "";
        }
    }

    // Browsers send the origin of a form: only our own page may send one.
    static bool IsForeign(HttpRequest request) =>
        request.Headers.Origin is { Count: > 0 } origin
        && !(Uri.TryCreate(origin.ToString(), UriKind.Absolute, out var from) && from.Authority == Authority(request, from.Scheme))
        || HttpMethods.IsPost(request.Method) && request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site && site.ToString() is not ("same-origin" or "none");

    // Behind a reverse proxy that ends TLS the schemes differ, but not the hosts.
    static string Authority(HttpRequest request, string scheme) => new UriBuilder($"{scheme}://{request.Host.Value}").Uri.Authority;

    static string Form(Gate gate, UnlockPage page, string problem = "")
    {
        // The defaults, if the group has been removed in the meantime.
        var codes = Totp.Of(gate.Groups.GetValueOrDefault(page.Group) ?? new());
        return Page("Unlock", $$"""
        <p>{{Html(page.Client)}} ({{Html(page.Caller.Holder.ToString())}}) requests the tools of group <b>{{Html(page.Group)}}</b>.
        Continue only if you have just requested this yourself.</p>
        {{(problem.Length > 0 ? $"<p role=alert class=problem>{Html(problem)}</p>" : "")}}
        <form method="post" autocomplete="off">
        <label for="code">The {{codes.InWords}} that your authenticator shows</label>
        <input id="code" name="code" inputmode="numeric" pattern="[0-9]{{{codes.Digits}}}" maxlength="{{codes.Digits}}"
            autocomplete="one-time-code" required autofocus>
        <button>Unlock</button>
        </form>
        """);
    }

    static string Message(string title, string text) => Page(title, $"<p>{Html(text)}</p>");

    static string Page(string title, string body) => $$"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{title}}</title>
        <style>
        body{font:16px/1.5 system-ui,sans-serif;max-width:28rem;margin:4rem auto;padding:0 1rem}
        label,input{display:block;margin:.5rem 0}
        input,button{font:inherit;padding:.4rem .6rem}
        .problem{color:#b00020}
        </style>
        </head><body><h1>{{title}}</h1>
        {{body}}
        </body></html>
        """;

    static string Html(string text) => HtmlEncoder.Default.Encode(text);
}
