using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace GossipSim.Scenarios.Files;

/// <summary>
/// What a single value may be, read from the type and the attributes of its property. The same attributes go into the
/// JSON Schema.
/// </summary>
internal sealed class AllowedValue
{
    private readonly Type type;
    private readonly RangeAttribute? range;
    private readonly RegularExpressionAttribute? pattern;
    private readonly AllowedValuesAttribute? values;
    private readonly int longestText;

    public AllowedValue(Type type, ICustomAttributeProvider? attributes)
    {
        this.type = type;
        range = attributes.Find<RangeAttribute>();
        pattern = attributes.Find<RegularExpressionAttribute>();
        values = attributes.Find<AllowedValuesAttribute>();
        longestText = attributes.Find<MaxLengthAttribute>()?.Length ?? LongestText;
    }

    /// <summary>Texts have a limit even where the file format names none.</summary>
    public const int LongestText = 1000;

    private bool IsWhole => type == typeof(int) || type == typeof(long);

    /// <summary>The sentence's end after "allowed is".</summary>
    public string Words => type switch
    {
        _ when values is not null => string.Join(" or ", values.Values.Select(ToWord)) + " only",
        _ when IsWhole || type == typeof(double) => (IsWhole ? "a whole number" : "a number") + RangeWords,
        _ when type == typeof(bool) => "true or false",
        _ when type.IsEnum => "one of " + string.Join(", ", ScenarioJson.WordsOf(type)),
        _ when type == typeof(ExpectedValue) => "a number, true, false or a text",
        _ => pattern?.ErrorMessage ?? $"a text of at most {longestText} characters",
    };

    private string RangeWords => range is null
        ? ""
        : $" from {Number(range.Minimum)} to {Number(range.Maximum)}";

    public bool Accepts(SourceScalar scalar) => type switch
    {
        _ when IsWhole => long.TryParse(scalar.Text, CultureInfo.InvariantCulture, out long whole)
            && IsNumber(scalar) && IsInRange(whole)
            && (values is null || values.Values.Any(value => value is int only && only == whole)),
        _ when type == typeof(double) => IsNumber(scalar)
            && IsInRange(double.Parse(scalar.Text, CultureInfo.InvariantCulture)),
        _ when type == typeof(bool) => bool.TryParse(scalar.Text, out bool truth) && !IsText(scalar)
            && (values is null || values.Values.Contains(truth)),
        _ when type.IsEnum => IsText(scalar) && ScenarioJson.WordsOf(type).Contains(scalar.Text),
        _ when type == typeof(ExpectedValue) => scalar.Kind != System.Text.Json.JsonValueKind.Null,
        _ => IsText(scalar) && scalar.Text.Length <= longestText
            && (pattern is null || Matches(scalar.Text, pattern.Pattern)),
    };

    /// <summary>For words: the nearest allowed one.</summary>
    public string Guess(SourceScalar scalar) =>
        type.IsEnum && IsText(scalar) ? Suggestion.DidYouMean(scalar.Text, ScenarioJson.WordsOf(type)) : "";

    /// <summary>In .NET the end mark also matches before a last line feed; in the JSON Schema it does not.</summary>
    private static bool Matches(string text, string pattern) =>
        Regex.IsMatch(text, pattern + @"(?!\n)", RegexOptions.CultureInvariant);

    private static bool IsNumber(SourceScalar scalar) => scalar.Kind == System.Text.Json.JsonValueKind.Number;

    private static bool IsText(SourceScalar scalar) => scalar.Kind == System.Text.Json.JsonValueKind.String;

    private bool IsInRange(double value) =>
        range is null || (value >= Number(range.Minimum) && value <= Number(range.Maximum));

    private static double Number(object bound) => Convert.ToDouble(bound, CultureInfo.InvariantCulture);

    private static string ToWord(object? value) => value is bool truth
        ? truth ? "true" : "false"
        : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
