using System.Globalization;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Graphs;

/// <summary>Whole numbers as programs write them: 3, and also 3.0 and 3.000e+00 (numpy.savetxt).</summary>
internal static class WholeNumber
{
    /// <summary>The largest that a double holds exactly.</summary>
    public const long Largest = (long)Scenario.LargestRandomSeed;

    /// <summary>From 0 to <see cref="Largest"/>; null for anything else.</summary>
    public static long? In(string text) => In(text.AsSpan());

    public static long? In(ReadOnlySpan<char> text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long whole))
            return whole <= Largest ? whole : null;
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, Style, CultureInfo.InvariantCulture, out double value)
            && value is >= 0 and <= Largest && double.IsInteger(value)
            ? (long)value
            : null;
    }
}
