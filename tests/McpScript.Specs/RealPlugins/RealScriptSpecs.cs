using McpScript.Testing;
using McpScript.Testing.Processes;
using McpScript.Testing.Suites;

namespace McpScript.Specs.RealPlugins;

/// <summary>Scripts with packages that developers use: each loaded, called, edited, reloaded and unloaded.</summary>
public sealed class RealScriptSpecs : IDisposable
{
    // One store for all: a package that two scripts use is fetched once.
    static readonly Lazy<string> Packages = new(() => Directory.CreateDirectory(Path.Combine(BuiltProgram.Checkout, "artifacts", "test-packages")).FullName);

    readonly TestFolder _data = new();

    public void Dispose() => _data.Dispose();

    async Task RunsAndUnloadsAsync(string name, string script, Func<string, string, string> edit, Func<TestHost, Task> use)
    {
        var setup = new TestSetup { ConfigYaml = "server_name: test\n", Options = new() { PackageFolder = Packages.Value } };
        await using var host = await TestHost.StartAsync(setup, ($"{name}.csx", script));
        if (host.Registry.Failures.Any(failure => failure.Problems.Any(problem => problem.Code == "NU1301")))
            Assert.Skip("NEEDS A PACKAGE FEED: the package sources of this machine cannot be reached.");
        Assert.True(host.Registry.Failures.IsEmpty, host.Log.Text);
        await use(host);
        var edited = await host.SaveAsync($"{name}.csx", edit(script, "// edited"));
        Assert.True(edited.Ok, edited.Error);
        await use(host);
        Assert.True((await host.Registry.ReloadAsync(name)).Ok);
        await use(host);
        Assert.True((await host.Registry.UnloadAsync(name)).Ok);
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, $"all generations are gone; left: {string.Join(", ", host.Registry.Retired)}");
    }

    static string Append(string script, string comment) => $"{script}\n{comment}";

    static async Task AnswersAsync(TestHost host, string expected, string tool, object? arguments = null)
    {
        var answer = await host.CallAsync(tool, arguments);
        Assert.True(answer == expected, $"expected: {expected}\nanswered: {answer}\n{host.Log.Text}");
    }

    [SuiteFact(SlowSuites.Libraries), Trait("Fault", "A0"), Trait("Fault", "A8")]
    public Task Words_in_the_callers_language() => RunsAndUnloadsAsync("human", """
        #r "nuget: Humanizer, 2.14.1"
        using System.Globalization;
        using Humanizer;
        mcp.Tool("human", "Says a time.", (string culture) => TimeSpan.FromDays(3).Humanize(culture: new CultureInfo(culture)) + " "
            + 12.ToWords(new CultureInfo(culture)));
        """, Append, async host =>
    {
        await AnswersAsync(host, "3 Tage zwölf", "human", new { culture = "de" });
        await AnswersAsync(host, "3 days twelve", "human", new { culture = "en" });
    });

    [SuiteFact(SlowSuites.Libraries), Trait("Fault", "A16")]
    public Task Notes_with_EF_Core_and_SQLite() => RunsAndUnloadsAsync("notes", """
        #r "nuget: Microsoft.EntityFrameworkCore.Sqlite, 10.0.14"
        using Microsoft.EntityFrameworkCore;
        public class Note { public int Id { get; set; } public string Text { get; set; } = ""; }
        public class NotesDb(string file) : DbContext
        {
            public DbSet<Note> Notes => Set<Note>();
            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite($"Data Source={file}");
        }
        mcp.Tool("note", "Adds a note and counts those with a word.", async (string file, string text, string word) =>
        {
            await using var db = new NotesDb(file);
            await db.Database.EnsureCreatedAsync();
            db.Notes.Add(new Note { Text = text });
            await db.SaveChangesAsync();
            return await db.Notes.CountAsync(note => note.Text.Contains(word)) > 0 ? "noted" : "lost";
        });
        """, Append, host => AnswersAsync(host, "noted", "note", new { file = _data["notes.db"], text = "buy milk", word = "milk" }));

    [SuiteFact(SlowSuites.Libraries), Trait("Fault", "A16")]
    public Task A_database_with_a_connection_pool() => RunsAndUnloadsAsync("sqlite", """
        #r "nuget: Microsoft.Data.Sqlite, 10.0.14"
        #r "nuget: Dapper, 2.1.66"
        using Dapper;
        using Microsoft.Data.Sqlite;
        record Row(long Id, string Text);
        mcp.Tool("query", "Asks.", (string file) =>
        {
            using var connection = new SqliteConnection($"Data Source={file}");
            connection.Execute("create table if not exists t (id integer primary key, text text)");
            connection.Execute("insert or replace into t values (1, @text)", new { text = "hello" });
            return connection.QuerySingle<Row>("select id, text from t").Text;
        });
        """, Append, host => AnswersAsync(host, "hello", "query", new { file = _data["rows.db"] }));

    [SuiteFact(SlowSuites.Libraries), Trait("Fault", "A16")]
    public Task Html_and_markdown_to_text() => RunsAndUnloadsAsync("texts", """
        #r "nuget: HtmlAgilityPack, 1.11.54"
        #r "nuget: AngleSharp, 1.1.2"
        #r "nuget: Markdig, 0.45.0"
        using AngleSharp.Html.Parser;
        mcp.Tool("agility", "Text of HTML.", (string html) =>
        {
            var page = new HtmlAgilityPack.HtmlDocument();
            page.LoadHtml(html);
            return page.DocumentNode.SelectSingleNode("//p").InnerText;
        });
        mcp.Tool("angle", "Text of HTML.", (string html) => new HtmlParser().ParseDocument(html).QuerySelector("p")!.TextContent);
        mcp.Tool("markdown", "HTML of Markdown.", (string text) => Markdig.Markdown.ToHtml(text).Trim());
        """, Append, async host =>
    {
        await AnswersAsync(host, "Hi you", "agility", new { html = "<html><p>Hi <b>you</b></p>" });
        await AnswersAsync(host, "Hi you", "angle", new { html = "<html><p>Hi <b>you</b></p>" });
        await AnswersAsync(host, "<p><em>hi</em></p>", "markdown", new { text = "*hi*" });
    });

    [SuiteFact(SlowSuites.Libraries), Trait("Fault", "A16")]
    public Task Pdf_csv_and_images() => RunsAndUnloadsAsync("files", """
        #r "nuget: PdfPig, 0.1.16"
        #r "nuget: CsvHelper, 33.1.0"
        #r "nuget: SixLabors.ImageSharp, 2.1.13"
        using System.Globalization;
        using CsvHelper;
        using SixLabors.ImageSharp;
        using SixLabors.ImageSharp.PixelFormats;
        using SixLabors.ImageSharp.Processing;
        using UglyToad.PdfPig;
        using UglyToad.PdfPig.Content;
        using UglyToad.PdfPig.Core;
        using UglyToad.PdfPig.Fonts.Standard14Fonts;
        using UglyToad.PdfPig.Writer;
        public class City { public string Name { get; set; } = ""; public int People { get; set; } }
        mcp.Tool("pdf", "Writes a PDF and reads it.", (string text) =>
        {
            var builder = new PdfDocumentBuilder();
            var page = builder.AddPage(PageSize.A4);
            page.AddText(text, 12, new PdfPoint(25, 700), builder.AddStandard14Font(Standard14Font.Helvetica));
            using var document = PdfDocument.Open(builder.Build());
            return document.GetPage(1).Text;
        });
        mcp.Tool("csv", "Adds up.", (string text) =>
        {
            using var csv = new CsvReader(new StringReader(text), CultureInfo.InvariantCulture);
            return csv.GetRecords<City>().Sum(city => city.People);
        });
        mcp.Tool("image", "Makes a smaller image.", () =>
        {
            using var image = new Image<Rgba32>(64, 32);
            image.Mutate(change => change.Resize(16, 8).Grayscale());
            using var to = new MemoryStream();
            image.SaveAsPng(to);
            return $"{Image.Identify(to.ToArray()).Width}x{image.Height}";
        });
        """, Append, async host =>
    {
        await AnswersAsync(host, "Hello PDF", "pdf", new { text = "Hello PDF" });
        await AnswersAsync(host, "12", "csv", new { text = "Name,People\na,5\nb,7\n" });
        await AnswersAsync(host, "16x8", "image");
    });

    [SuiteFact(SlowSuites.Libraries), Trait("Fault", "A16")]
    public Task Streams_and_retries() => RunsAndUnloadsAsync("rx", """
        #r "nuget: System.Reactive, 6.0.1"
        #r "nuget: Polly.Core, 8.5.2"
        using System.Reactive.Linq;
        using Polly;
        using Polly.Retry;
        var attempts = 0;
        var pipeline = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions { Delay = TimeSpan.FromMilliseconds(1), MaxRetryAttempts = 3 })
            .AddTimeout(TimeSpan.FromSeconds(5)).Build();
        mcp.Tool("ticks", "Ticks.", async () => string.Join(",", await Observable.Interval(TimeSpan.FromMilliseconds(2)).Take(3).ToList()));
        mcp.Tool("retry", "Tries.", async () => await pipeline.ExecuteAsync(async token =>
        {
            await Task.Yield();
            return ++attempts % 2 == 1 ? throw new IOException() : "done";
        }));
        """, Append, async host =>
    {
        await AnswersAsync(host, "0,1,2", "ticks");
        await AnswersAsync(host, "done", "retry");
    });

    [SuiteFact(SlowSuites.Libraries), Trait("Fault", "A0"), Trait("Fault", "A16")]
    public Task A_client_of_SQL_Server() => RunsAndUnloadsAsync("sqlc", """
        #r "nuget: Microsoft.Data.SqlClient, 5.2.2"
        using Microsoft.Data.SqlClient;
        mcp.Tool("open", "Opens.", async () =>
        {
            try
            {
                using var c = new SqlConnection("Server=127.0.0.1,1;User Id=sa;Password=y;Connect Timeout=2;Encrypt=false");
                await c.OpenAsync();
                return "open";
            }
            catch (Exception e) { return e.GetType().Name; }
        });
        """, Append, host => AnswersAsync(host, "SqlException", "open"));

    [SuiteFact(SlowSuites.Libraries), Trait("Fault", "C7")]
    public Task An_older_Newtonsoft_Json() => RunsAndUnloadsAsync("json", """
        #r "nuget: Newtonsoft.Json, 12.0.3"
        using Newtonsoft.Json;
        class Box { public int Value { get; set; } = 1; public Dictionary<string, Box> More { get; set; } = []; }
        mcp.Tool("json", "There and back.", () => JsonConvert.SerializeObject(JsonConvert.DeserializeObject<Box>("{\"Value\":2}")));
        """, Append, host => AnswersAsync(host, """{"Value":2,"More":{}}""", "json"));
}
