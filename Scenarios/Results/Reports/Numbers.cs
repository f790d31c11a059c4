using System.Globalization;

namespace GossipSim.Scenarios.Results;

/// <summary>Numbers as people read them, the same in every culture. A missing one is a dash.</summary>
internal static class Numbers
{
    private const string None = "–";
    private const double KiB = 1024;
    private const double MiB = 1024 * KiB;
    private const double GiB = 1024 * MiB;

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Milliseconds(double? value) => value switch
    {
        null => None,
        >= 10_000 => string.Create(CultureInfo.InvariantCulture, $"{value / 1000:0.0} s"),
        >= 1000 => string.Create(CultureInfo.InvariantCulture, $"{value / 1000:0.00} s"),
        >= 10 => string.Create(CultureInfo.InvariantCulture, $"{value:0.0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value:0.00} ms"),
    };

    public static string Seconds(double? value) =>
        value is null ? None : string.Create(CultureInfo.InvariantCulture, $"{value:0.00} s");

    public static string Decimal(double? value, int digits = 2) =>
        value?.ToString("F" + digits, CultureInfo.InvariantCulture) ?? None;

    /// <summary>Four digits that count, or all of a whole number: figures of any size beside each other.</summary>
    public static string Significant(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("0.#", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.##", CultureInfo.InvariantCulture),
        >= 1 => value.ToString("0.###", CultureInfo.InvariantCulture),
        _ => value.ToString("G4", CultureInfo.InvariantCulture),
    };

    /// <summary>A share in percent, cut and not rounded: only all is 100 %.</summary>
    public static string Percent(double? share) => share switch
    {
        null => None,
        1 => "100 %",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(share.Value * 10_000) / 100:0.00} %"),
    };

    public static string Bytes(double value) => value switch
    {
        >= GiB => string.Create(CultureInfo.InvariantCulture, $"{value / GiB:0.00} GiB"),
        >= MiB => string.Create(CultureInfo.InvariantCulture, $"{value / MiB:0.0} MiB"),
        >= KiB => string.Create(CultureInfo.InvariantCulture, $"{value / KiB:0.0} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value:0} B"),
    };

    public static string Plural(long count, string noun) => Plural(count, noun, noun + "s");

    public static string Plural(long count, string one, string many) => $"{Count(count)} {(count == 1 ? one : many)}";
}
