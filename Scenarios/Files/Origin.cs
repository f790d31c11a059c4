using System.Globalization;

namespace GossipSim.Scenarios.Files;

/// <summary>
/// Where a value was written: a place in a file (line and column from 1, in characters; a column of 0 is the whole
/// line), or an option of the command line, which has no lines.
/// </summary>
internal readonly record struct Origin(string Source, int Line = 0, int Column = 0)
{
    public override string ToString() => (Line, Column) switch
    {
        (0, _) => Source,
        (_, 0) => string.Create(CultureInfo.InvariantCulture, $"{Source}:{Line}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Source}:{Line}:{Column}"),
    };
}
