using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>The values that a .NET type or a <c>format</c> takes, beyond what <c>type</c> says: a range of numbers, a way to write a text.</summary>
/// <param name="Kind">The JSON values that it speaks of; others are not its business.</param>
/// <param name="Words">Its description: "a date and time such as 2026-11-28T17:00:00Z".</param>
/// <param name="Fits">Whether a value of that kind has it.</param>
sealed record ValueForm(JsonValueKind Kind, string Words, Func<JsonElement, bool> Fits);
