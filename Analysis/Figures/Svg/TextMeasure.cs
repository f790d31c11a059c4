namespace GossipSim.Analysis;

/// <summary>
/// Estimates text widths without a font. The classes follow DejaVu Sans, the widest of the usual fallbacks, so that
/// what fits here fits in Helvetica or Arial too.
/// </summary>
internal static class TextMeasure
{
    private const double BoldFactor = 1.12;

    /// <summary>Behind which paths are cut.</summary>
    private static readonly char[] Joints = ['.', '/', '\\', '-', ':'];

    public static double Width(string text, double fontSize, bool bold = false)
    {
        double ems = 0;
        foreach (char c in text) ems += Ems(c);
        return ems * fontSize * (bold ? BoldFactor : 1);
    }

    /// <summary>
    /// Breaks at spaces, but not before a percent sign; a word wider than a line is cut, behind a joint if it has one.
    /// </summary>
    public static IReadOnlyList<string> Wrap(string text, double fontSize, double width, bool bold = false)
    {
        var lines = new List<string>();
        string line = "";
        foreach (string word in text.Replace(" %", "\u00a0%").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && Width(longer, fontSize, bold) > width)
            {
                lines.Add(line);
                longer = word;
            }
            line = longer;
            while (Width(line, fontSize, bold) > width && line.Length > 1)
            {
                int fits = line.Length - 1;
                while (fits > 1 && Width(line[..fits], fontSize, bold) > width) fits--;
                int joint = line.LastIndexOfAny(Joints, fits - 1);
                if (joint > 0) fits = joint + 1;
                lines.Add(line[..fits]);
                line = line[fits..];
            }
        }
        if (line.Length > 0) lines.Add(line);
        return lines;
    }

    private static double Ems(char c) => c switch
    {
        'i' or 'j' or 'l' or 'I' or '.' or ',' or ':' or ';' or '\'' or '|' or ' ' or '\u00a0' => 0.32,
        'f' or 't' or 'r' or '(' or ')' or '[' or ']' or '-' or '/' or '!' => 0.40,
        'm' or 'w' or 'M' or 'W' or '%' or '@' => 0.97,
        '=' or '+' or '<' or '>' or '~' or '\u00b1' or '\u2265' or '\u2264' => 0.84,
        >= 'A' and <= 'Z' => 0.72,
        _ => 0.63,
    };
}
