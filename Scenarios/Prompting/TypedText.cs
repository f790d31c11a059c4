using System.Globalization;
using System.Text;

namespace GossipSim.Scenarios.Prompting;

/// <summary>What somebody typed, as messages repeat it.</summary>
internal static class TypedText
{
    private const int Longest = 60;

    /// <summary>Cut when it is long; what a terminal would not print, or would obey, becomes a question mark.</summary>
    public static string Shown(string typed)
    {
        var shown = new StringBuilder();
        foreach (var rune in typed.EnumerateRunes())
        {
            if (shown.Length >= Longest) return shown.Append('\u2026').ToString();
            if (IsShown(rune)) shown.Append(rune.ToString());
            else shown.Append('?');
        }

        return shown.ToString();
    }

    private static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned);
}
