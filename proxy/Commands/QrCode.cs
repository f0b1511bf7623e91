using System.Text;
using QRCoder;

namespace McpScript.Proxy.Commands;

/// <summary>Renders QR codes as text: each character is two modules, one above the other.</summary>
static class QrCode
{
    /// <summary>Renders a code, light on dark as most terminals are. Authenticators read both.</summary>
    public static string Render(string content)
    {
        using var code = QRCodeGenerator.GenerateQrCode(content, QRCodeGenerator.ECCLevel.L);
        var squares = code.ModuleMatrix;
        var text = new StringBuilder();
        for (var row = 0; row < squares.Count; row += 2)
        {
            for (var column = 0; column < squares.Count; column++)
                text.Append((IsLight(row, column), IsLight(row + 1, column)) switch
                {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    _ => ' ',
                });
            text.Append('\n');
        }
        return text.ToString();

        bool IsLight(int row, int column) => row < squares.Count && !squares[row][column];
    }
}
