Imports System.ComponentModel
Imports ModelContextProtocol.Server

''' <summary>Tools in Visual Basic.</summary>
<McpServerToolType>
Public Class Tools
    ''' <summary>Greets.</summary>
    <McpServerTool(Name:="vb_greet"), Description("Greets.")>
    Public Shared Function Greet(<Description("The name.")> name As String, Optional times As Integer = 1) As String
        Return String.Join(" ", Enumerable.Repeat($"Hello, {name}!", times))
    End Function

    ''' <summary>Uses late binding, which the Visual Basic runtime implements.</summary>
    <McpServerTool(Name:="vb_late"), Description("Tells a length.")>
    Public Shared Function Late(<Description("A text.")> text As String) As Integer
        Dim anything As Object = New Box With {.Text = text}
        Return CInt(anything.Text.Length)
    End Function
End Class

''' <summary>A text.</summary>
Public Class Box
    ''' <summary>The text.</summary>
    Public Property Text As String
End Class
