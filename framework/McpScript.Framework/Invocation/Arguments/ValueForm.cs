using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>The form that a .NET type or a <c>format</c> requires beyond <c>type</c>: a range of numbers, a notation of strings.</summary>
/// <param name="Kind">The kind of JSON values that it applies to.</param>
/// <param name="Words">Its description: "a date and time such as 2026-11-28T17:00:00Z".</param>
/// <param name="Fits">Returns true if a value of that kind has the form.</param>
sealed record ValueForm(JsonValueKind Kind, string Words, Func<JsonElement, bool> Fits);
