using System.Globalization;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Repeating;

namespace GossipSim.Scenarios.Gates;

/// <summary>
/// Reads a gate: a figure, one of <c>&gt; &gt;= &lt; &lt;=</c>, and a change from A with its sign, such as
/// <c>gossip.latencyMs.p99 &gt; +10 %</c>, <c>overlay.degreeMean &lt; -0.5</c> or <c>gossip.hops.mean &gt; +-2 %</c>.
/// </summary>
internal sealed class GateExpression
{
    /// <summary>Longer than any path and number.</summary>
    private const int MostLetters = 300;

    private const string AllowedFigure = "the path of a figure in summary.json, such as gossip.latencyMs.p99";
    private const string AllowedOperator = "one of > >= < <=";
    private const string AllowedSign =
        "a change from A with its sign, such as +10 %, -3 or +-5 % (a bound on the value of B itself is an expectation "
        + "of the scenario)";
    private const string AllowedNumber = "a number with a point and no separators, such as 10 or 0.5";

    private static readonly (string Word, GateSide Side, bool IsInclusive)[] operators =
    [
        (">=", GateSide.Above, true), ("<=", GateSide.Below, true), (">", GateSide.Above, false),
        ("<", GateSide.Below, false),
    ];

    /// <summary>The longer ones first. Two signs together mean either direction.</summary>
    private static readonly (string Word, double Sign)[] signs =
        [("+/-", 0), ("+-", 0), ("±", 0), ("+", 1), ("-", -1), ("\u2212", -1)];

    private readonly string option;
    private readonly string text;
    private int at;

    private GateExpression(string option, string text) => (this.option, this.text) = (option, text);

    /// <param name="known">Every figure that may be meant, by path.</param>
    /// <exception cref="UsageException">It is none; the message has the column and what is allowed.</exception>
    public static Gate Parse(string option, string text, IReadOnlyDictionary<string, KnownMetric> known) =>
        new GateExpression(option, text).Read(known);

    private Gate Read(IReadOnlyDictionary<string, KnownMetric> known)
    {
        if (text.Length > MostLetters)
            throw new UsageException($"{option}: found {text.Length} letters, allowed are {MostLetters}");
        var metric = Word(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_');
        if (metric.Length == 0) throw Wrong(AllowedFigure);
        FigurePaths.Require($"{option} \"{text}\", column {at - metric.Length + 1}", metric, known);
        var (_, side, isInclusive) = OneOf(operators, each => each.Word, AllowedOperator);
        var signAt = at;
        var (_, sign) = OneOf(signs, each => each.Word, AllowedSign);
        if (sign == 0 && side == GateSide.Below)
        {
            at = signAt;
            throw Wrong("+ or - behind a <: a change in either direction is too large, so it goes with >");
        }

        var size = Number();
        var isRelative = Unit(known[metric].Unit);
        return new Gate(
            text.Trim(), metric, sign == 0 ? GateSide.Outside : side, isInclusive,
            (sign < 0 ? -size : size) / (isRelative ? 100 : 1), isRelative);
    }

    private double Number()
    {
        SkipBlanks();
        var from = at;
        var digits = Word(letter => char.IsAsciiDigit(letter) || letter == '.');
        if (double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var size)
            && double.IsFinite(size))
            return size;
        at = from;
        throw Wrong(AllowedNumber);
    }

    /// <returns>Whether it is a percent sign; the unit of the figure may be left out.</returns>
    private bool Unit(string unit)
    {
        SkipBlanks();
        var rest = text[at..].TrimEnd();
        if (rest == "%") return true;
        if (rest.Length == 0 || rest == unit) return false;
        throw Wrong(unit.Length == 0 ? "% or nothing" : $"%, {unit} or nothing");
    }

    private T OneOf<T>(T[] choices, Func<T, string> wordOf, string allowed)
        where T : struct
    {
        SkipBlanks();
        foreach (var choice in choices)
        {
            if (!text.AsSpan(at).StartsWith(wordOf(choice), StringComparison.Ordinal)) continue;
            at += wordOf(choice).Length;
            return choice;
        }

        throw Wrong(allowed);
    }

    private string Word(Predicate<char> isPart)
    {
        SkipBlanks();
        var from = at;
        while (at < text.Length && isPart(text[at])) at++;
        return text[from..at];
    }

    private void SkipBlanks()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
    }

    private UsageException Wrong(string allowed)
    {
        var found = at < text.Length ? $"found \"{text[at..]}\"" : "found its end";
        return new UsageException($"{option} \"{text}\", column {at + 1}: {found}, allowed is {allowed}");
    }
}
