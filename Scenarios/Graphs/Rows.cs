namespace GossipSim.Scenarios.Graphs;

/// <summary>The rows of a list or table one by one; blank lines and comments are none.</summary>
internal abstract class Rows : IDisposable
{
    /// <summary>Of the current row, from 1: the last one if a quoted cell spans several.</summary>
    public abstract int Line { get; }

    /// <summary>Cells of the current row.</summary>
    public abstract int Count { get; }

    public abstract ReadOnlySpan<char> this[int cell] { get; }

    /// <summary>Goes to the next row; false at the end.</summary>
    public abstract bool Next();

    /// <param name="separator">A blank stands for any number of blanks and tabs.</param>
    public static Rows Of(ContentLines lines, char separator, InputSource source) =>
        separator == ' ' ? new BlankRows(lines, source) : new DelimitedRows(lines, separator, source);

    public string[] ToArray()
    {
        var cells = new string[Count];
        for (int cell = 0; cell < cells.Length; cell++) cells[cell] = this[cell].ToString();
        return cells;
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
