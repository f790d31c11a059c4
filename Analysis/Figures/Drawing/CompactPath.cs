using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GossipSim.Analysis;

/// <summary>
/// Rewrites the outline of an SVG path in half of the characters: one decimal instead of many, and each point of a line
/// relative to the one before it. Points are rounded before they are subtracted, so that no error adds up.
/// </summary>
internal static partial class CompactPath
{
    public static string Of(string outline)
    {
        var compact = new StringBuilder(outline.Length / 2);
        (double X, double Y)? last = null;
        foreach (Match step in Step().Matches(outline))
        {
            string command = step.Groups[1].Value;
            double[] numbers = [.. Number().Matches(step.Groups[2].Value)
                .Select(number => Math.Round(double.Parse(number.Value, CultureInfo.InvariantCulture), 1))];
            bool isPoint = command is "M" or "L" && numbers.Length == 2;
            compact.Append(isPoint && last is not null ? command.ToLowerInvariant() : command);
            if (isPoint && last is { } from) Append(compact, [numbers[0] - from.X, numbers[1] - from.Y]);
            else Append(compact, numbers);
            last = isPoint ? (numbers[0], numbers[1]) : null;
        }
        return compact.ToString();
    }

    private static void Append(StringBuilder compact, double[] numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            string text = (Math.Round(numbers[i], 1) + 0.0).ToString("#.#;-#.#;0", CultureInfo.InvariantCulture);
            if (i > 0 && text[0] != '-') compact.Append(' ');
            compact.Append(text);
        }
    }

    [GeneratedRegex(@"([A-Za-z])([^A-Za-z]*)")]
    private static partial Regex Step();

    [GeneratedRegex(@"-?\d*\.?\d+")]
    private static partial Regex Number();
}
