using System.Globalization;

namespace GossipSim.Scenarios.Demo;

/// <summary>Numbers and lists as a sentence has them.</summary>
internal static class NumberWords
{
    private static readonly string[] small =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    public static string Of(int number) => number >= 0 && number < small.Length ? small[number] : Digits(number);

    /// <summary>At the beginning of a sentence.</summary>
    public static string Big(int number) => Capital(Of(number));

    public static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    public static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary><c>one peer</c>, <c>two peers</c>.</summary>
    public static string Count(int number, string one, string? many = null) =>
        $"{Of(number)} {(number == 1 ? one : many ?? one + "s")}";

    /// <summary><c>a, b and c</c>.</summary>
    public static string Joined(IReadOnlyList<string> parts) => parts.Count switch
    {
        0 => "nobody",
        1 => parts[0],
        _ => $"{string.Join(", ", parts.Take(parts.Count - 1))} and {parts[^1]}",
    };

    public static string Seconds(double seconds) =>
        seconds.ToString("0.##", CultureInfo.InvariantCulture) + (seconds == 1 ? " second" : " seconds");

    public static string TenthsOfSeconds(TimeSpan span) => Seconds(Math.Round(span.TotalSeconds, 1));

    public static string Percent(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
