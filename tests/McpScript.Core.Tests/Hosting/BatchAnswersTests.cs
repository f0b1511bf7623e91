using System.Text;
using McpScript.Hosting;
using ModelContextProtocol.Protocol;

namespace McpScript.Core.Tests.Hosting;

/// <summary>Over stdio a batch is answered and not served, in whatever pieces it arrives, and what stands around it is read as ever.</summary>
public class BatchAnswersTests
{
    const string Ping = """{"jsonrpc":"2.0","id":7,"method":"ping"}""";

    [Theory, Trait("Fault", "B-F13")]
    [InlineData($"[{Ping}]\n", "7")]
    [InlineData($"  [{Ping},{{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}},{{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"ping\"}}]\n", "7 a")]
    [InlineData("[]\n", "")]
    [InlineData("[1,\n", "")]
    [InlineData($"[{Ping}]", "7")]
    public async Task Each_request_of_a_batch_is_answered_with_an_error(string batch, string ids)
    {
        foreach (var piece in (int[])[1, 3, 4096])
        {
            var (read, answers) = await ReadAsync($"{Ping}\n\n{batch}", piece);
            Assert.Equal(Ping, read.Trim());
            Assert.Equal(ids, string.Join(' ', answers.Select(answer => answer.Id.Id?.ToString())).Trim());
            Assert.All(answers, answer => Assert.Equal(-32600, answer.Error.Code));
            Assert.All(answers, answer => Assert.Contains("one message per line", answer.Error.Message));
            Assert.NotEmpty(answers);
        }
    }

    [Theory, InlineData(1), InlineData(7), InlineData(4096), Trait("Fault", "B-F13")]
    public async Task Messages_pass_as_they_are_also_with_brackets_in_them(int piece)
    {
        const string Before = "{\"a\":[1]}\n \t{\"b\":\"[\"}\r\n";
        var (read, answers) = await ReadAsync($"{Before}[1]\n{Ping}\n", piece);
        Assert.Equal($"{Before}{Ping}\n", read);
        Assert.Single(answers);
    }

    static async Task<(string Read, List<JsonRpcError> Answers)> ReadAsync(string text, int piece)
    {
        var answers = new List<JsonRpcError>();
        using var stream = new BatchAnswers(new Pieces(Encoding.UTF8.GetBytes(text), piece), answer =>
        {
            answers.Add(answer);
            return Task.CompletedTask;
        });
        using var reader = new StreamReader(stream);
        return (await reader.ReadToEndAsync(), answers);
    }

    sealed class Pieces(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
