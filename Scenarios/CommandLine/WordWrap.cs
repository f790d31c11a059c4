using System.Text;
using Spectre.Console.Rendering;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>Breaks text between its words.</summary>
internal static class WordWrap
{
    /// <summary>Lines of at most so many columns; a word that is longer has one of its own, whole.</summary>
    /// <param name="indent">Blanks before each line but the first of a paragraph.</param>
    /// <param name="column">How much of the first line is taken already.</param>
    public static IEnumerable<string> Lines(string text, int width, int indent = 0, int column = 0) =>
        text.Split('\n').SelectMany((paragraph, index) =>
            LinesOf(paragraph.TrimEnd('\r'), width, indent, index == 0 ? column : 0));

    public static int Columns(string text) => new Segment(text).CellCount();

    private static IEnumerable<string> LinesOf(string paragraph, int width, int indent, int column)
    {
        // Blanks at the beginning and between words stay: they may line up what stands below each other.
        var line = new StringBuilder();
        int columns = column;
        int at = 0;
        bool hasWord = column > 0;
        while (at < paragraph.Length)
        {
            int start = at;
            while (at < paragraph.Length && paragraph[at] == ' ') at++;
            int blanks = at - start;
            while (at < paragraph.Length && paragraph[at] != ' ') at++;
            string word = paragraph[(start + blanks)..at];
            int wide = Columns(word);
            if (hasWord && columns + blanks + wide > width)
            {
                yield return line.ToString();
                line.Clear().Append(' ', indent);
                columns = indent;
                blanks = 0;
            }

            line.Append(' ', blanks).Append(word);
            columns += blanks + wide;
            hasWord = hasWord || word.Length > 0;
        }

        yield return line.ToString().TrimEnd();
    }
}
