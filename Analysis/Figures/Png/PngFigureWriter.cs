using System.Runtime.InteropServices;
using System.Text;

namespace GossipSim.Analysis;

/// <summary>
/// Renders SVG to PNG where librsvg and cairo can be loaded. The bytes depend on the system's fonts, so they are for
/// looking at, not for comparing.
/// </summary>
public static class PngFigureWriter
{
    private const int Argb32 = 0;
    private const int LargestSide = 16_384;
    private const int WriteFailed = 11;

    /// <summary>
    /// Scale 2 doubles the pixels. False, with the reason and nothing written, where the libraries are absent or
    /// refuse; only the stream itself may throw.
    /// </summary>
    public static bool TryWrite(string svg, Stream output, double scale, out string reason)
    {
        if (NativeRenderer.Instance is not { } renderer)
        {
            reason = $"PNG needs {NativeRenderer.Libraries}, which are not on this system; the SVG is complete.";
            return false;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(svg);
        IntPtr handle = renderer.OpenSvg(bytes, (nuint)bytes.Length, out _);
        if (handle == IntPtr.Zero)
        {
            reason = "librsvg could not read the SVG.";
            return false;
        }

        try
        {
            return TryRender(renderer, handle, output, scale, out reason);
        }
        finally
        {
            renderer.ReleaseSvg(handle);
        }
    }

    private static bool TryRender(
        NativeRenderer renderer, IntPtr handle, Stream output, double scale, out string reason)
    {
        reason = "";
        if (renderer.SizeOf(handle, out double width, out double height) == 0)
            reason = "The SVG has no size in pixels.";
        int columns = (int)Math.Ceiling(width * scale), lines = (int)Math.Ceiling(height * scale);
        if (reason.Length == 0 && (Math.Min(columns, lines) < 1 || Math.Max(columns, lines) > LargestSide))
            reason = $"A picture of {columns} x {lines} pixels cannot be drawn.";
        if (reason.Length > 0) return false;

        IntPtr surface = renderer.NewSurface(Argb32, columns, lines);
        IntPtr context = renderer.NewContext(surface);
        using var png = new MemoryStream();
        try
        {
            if (renderer.Render(handle, context, new NativeRenderer.Rectangle(columns, lines), out _) == 0)
                reason = "librsvg could not draw the SVG.";
            else if (renderer.Write(surface, Collector(png), IntPtr.Zero) != 0)
                reason = "cairo could not write the PNG.";
        }
        finally
        {
            renderer.ReleaseContext(context);
            renderer.ReleaseSurface(surface);
        }
        if (reason.Length > 0) return false;

        png.WriteTo(output);
        return true;
    }

    /// <summary>No exception may cross native frames: what the stream throws becomes cairo's write error.</summary>
    private static NativeRenderer.WriteBytes Collector(MemoryStream png) => (_, data, length) =>
    {
        try
        {
            var chunk = new byte[length];
            Marshal.Copy(data, chunk, 0, chunk.Length);
            png.Write(chunk);
            return 0;
        }
        catch (Exception exception) when (exception is IOException or OutOfMemoryException)
        {
            return WriteFailed;
        }
    };
}
