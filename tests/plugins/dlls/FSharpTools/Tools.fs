namespace FSharpTools

open System.ComponentModel
open System.Threading.Tasks
open ModelContextProtocol.Server

/// A sum with its parts.
type Sum = { Parts: int list; Total: int }

[<McpServerToolType>]
type Tools =
    /// <summary>Adds numbers.</summary>
    [<McpServerTool(Name = "fs_sum"); Description("Adds numbers.")>]
    static member Sum([<Description("The numbers.")>] numbers: int[]) : Task<Sum> =
        task {
            do! Task.Yield()
            return { Parts = List.ofArray numbers; Total = Array.sum numbers }
        }

    /// <summary>Says what a number is.</summary>
    [<McpServerTool(Name = "fs_kind"); Description("Says what a number is.")>]
    static member Kind([<Description("The number.")>] n: int) : string =
        match n with
        | 0 -> "zero"
        | n when n % 2 = 0 -> sprintf "%d is even" n
        | n -> sprintf "%d is odd" n
