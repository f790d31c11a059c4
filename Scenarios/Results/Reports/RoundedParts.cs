using System.Globalization;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// Parts of a whole for a table: rounded so that what is shown sums to the whole as it is shown. Rounded one by one,
/// eight parts may miss it by four units of the last digit.
/// </summary>
internal static class RoundedParts
{
    private const int Digits = 1;

    /// <summary>Milliseconds of the parts, and of the whole at the end; a dash where there is no part.</summary>
    public static IEnumerable<string> Milliseconds(IEnumerable<double?> parts)
    {
        double sum = 0;
        decimal shown = 0;
        foreach (var part in parts)
        {
            sum += part ?? 0;
            var until = Math.Round((decimal)sum, Digits, MidpointRounding.AwayFromZero);
            yield return part is null ? Numbers.Milliseconds(null) : Say(until - shown);
            shown = until;
        }

        yield return Say(shown);
    }

    private static string Say(decimal milliseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{milliseconds:#,0.0}");
}
