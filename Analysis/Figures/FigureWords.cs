using System.Globalization;

namespace GossipSim.Analysis;

/// <summary>How the ready-made figures write numbers and names.</summary>
internal static class FigureWords
{
    public static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>About three significant digits, as a reader would say it.</summary>
    public static string Milliseconds(double value) => value switch
    {
        >= 10_000 => Say($"{value / 1000:0.0}\u00a0s"),
        >= 100 => Say($"{value:0}\u00a0ms"),
        >= 10 => Say($"{value:0.0}\u00a0ms"),
        >= 0.1 => Say($"{value:0.00}\u00a0ms"),
        _ => Say($"{value:0.0000}\u00a0ms"),
    };

    public static string Count(int number, string one, string many) =>
        Say($"{number:#,0} {(number == 1 ? one : many)}");
}
