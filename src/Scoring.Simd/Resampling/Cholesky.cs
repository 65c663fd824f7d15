namespace LocalOpinions.Scoring.Simd.Resampling;

/// <summary>Inverts positive definite matrices of some hundred rows.</summary>
static class Cholesky
{
    /// <summary>The inverse by the factor A = L·Lᵀ (Golub and Van Loan, "Matrix Computations", section 4.2).</summary>
    /// <param name="matrix">Symmetric and positive definite; replaced by its factor.</param>
    public static double[,] Inverse(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        for (var column = 0; column < size; column++)
        {
            for (var row = column; row < size; row++)
            {
                var sum = matrix[row, column];
                for (var i = 0; i < column; i++)
                    sum -= matrix[row, i] * matrix[column, i];
                matrix[row, column] = row == column ? Math.Sqrt(sum) : sum / matrix[column, column];
            }
        }

        var inverse = new double[size, size];
        var solution = new double[size];
        for (var unit = 0; unit < size; unit++)
        {
            for (var row = 0; row < size; row++)
            {
                var sum = row == unit ? 1.0 : 0;
                for (var i = unit; i < row; i++)
                    sum -= matrix[row, i] * solution[i];
                solution[row] = row < unit ? 0 : sum / matrix[row, row];
            }

            for (var row = size - 1; row >= 0; row--)
            {
                var sum = solution[row];
                for (var i = row + 1; i < size; i++)
                    sum -= matrix[i, row] * solution[i];
                inverse[row, unit] = solution[row] = sum / matrix[row, row];
            }
        }

        return inverse;
    }
}
